"""The page on which an NGO comes in: what is typed, who is told, how many an hour."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as NoCache

from accounts.models import Organisation
from casework.models import Invitation
from registry.models import Ngo
from tests.registry.applicants import form
from tests.registry.world import ogrn, words

pytestmark = pytest.mark.django_db


def test_a_new_ngo_is_told_whom_we_wrote_to(client: Client) -> None:
    answer = client.post("/register/apply/", form(), follow=True)
    assert answer.redirect_chain == [("/register/apply/sent/", 302)]
    assert "anna1@example.org" in words(answer)
    assert Invitation.objects.get().organisation.short_name == "БФ «Рядом 1»"


def test_the_page_of_whom_we_wrote_to_is_nobody_elses(client: Client) -> None:
    client.post("/register/apply/", form())
    assert Client().get("/register/apply/sent/")["Location"] == "/register/apply/"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ogrn", "1157799090018"),
        ("ogrn", "1" * 4000),
        ("inn", "7799900014"),
        ("inn", "\x00"),
        ("name", "\x00"),
        ("short_name", ""),
        ("email", "не адрес"),
        ("consent", ""),
    ],
)
def test_what_is_mistyped_is_said_beside_its_field(client: Client, field: str, typed: str) -> None:
    answer = client.post("/register/apply/", form(**{field: typed}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Organisation.objects.filter(kind="ngo").exists()


def test_numbers_are_taken_as_people_write_them(client: Client) -> None:
    number = ogrn(1)
    client.post("/register/apply/", form(ogrn=f" {number[:1]} {number[1:]} "))
    assert Organisation.objects.get(kind="ngo").ogrn == number


def test_an_ngo_of_the_register_is_told_who_can_let_it_in(client: Client) -> None:
    client.post("/register/apply/", form())
    answer = client.post("/register/apply/", form())
    assert list(answer.context["form"].errors) == ["ogrn"]
    assert "уже отправлено" in words(answer)


def test_five_an_hour_come_in_from_one_address(client: Client) -> None:
    codes = [client.post("/register/apply/", form(number)).status_code for number in range(1, 8)]
    assert codes == [302] * 5 + [429] * 2
    assert Ngo.objects.count() == 5
    elsewhere = client.post("/register/apply/", form(9), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_without_the_cache_the_five_are_shared(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: Any, **__: Any) -> None:
        raise NoCache

    monkeypatch.setattr(cache, "add", dead)
    codes = [
        client.post("/register/apply/", form(n), REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(1, 7)
    ]
    assert codes == [302] * 5 + [429]


def test_no_address_is_kept_in_clear(client: Client) -> None:
    client.post("/register/apply/", form(), REMOTE_ADDR="203.0.113.77")
    keys = cache._cache.get_client().keys("*ngo_comes_in*")  # type: ignore[attr-defined]
    assert len(keys) == 1
    assert b"203.0.113.77" not in keys[0]


def test_an_applicant_is_found_by_nobody_before_it_is_registered(client: Client) -> None:
    client.post("/register/apply/", form())
    assert "Рядом 1" not in words(client.get("/register/?q=рядом"))
    assert client.get(f"/register/ngos/ngo-{ogrn(1)}/").status_code == 404
    export = client.get("/register/export.csv")
    assert "Рядом 1" not in b"".join(export).decode()  # type: ignore[arg-type]
