"""Somebody types what no page offers: a clear answer, never a 500."""

import pytest

ADDRESSES = [
    "/types/%00/",
    "/types/T07%00/",
    "/types/'; drop table/",
    "/types/%D0%A207/",
    "/types/" + "T" * 5000 + "/",
    "/static/%00.css",
    "/calendar/?start=%00&days=%00",
    "/calendar/?start=2026-01-01&days=99999999999999999999",
    "/okrugs/?page=%FF%FE",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_strange_address_is_answered(client, address: str) -> None:
    assert client.get(address).status_code in {200, 404}


@pytest.mark.django_db
def test_a_language_switch_stays_on_this_site(client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "https://example.net/"})
    assert answer["Location"] == "/"
