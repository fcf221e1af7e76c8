"""The register's public pages: in both languages, at a constant number of queries."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("address", ["/", "/types/", "/types/T07/", "/types/T01/", "/okrugs/"])
def test_page_answers(client: Client, address: str, language: str) -> None:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


def test_unknown_type_is_not_found(client: Client) -> None:
    assert client.get("/types/T99/").status_code == 404


@pytest.mark.parametrize(
    ("address", "queries"), [("/types/", 2), ("/types/T07/", 5), ("/okrugs/", 2)]
)
def test_page_asks_few_questions(
    client: Client,
    address: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(address)  # the catalogue is remembered from the first time on
    with django_assert_num_queries(queries):
        client.get(address)


def test_catalogue_shows_every_type(client: Client) -> None:
    codes = [version["code"] for version in client.get("/types/").context["versions"]]
    assert codes == [f"T{n:02}" for n in range(1, 21)]


def test_accompaniment_shows_its_procedure(client: Client) -> None:
    assert len(client.get("/types/T07/").context["procedure"]) == 11
