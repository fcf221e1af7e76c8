"""The cards of institutions and NGOs."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry import services
from registry.models import Registration, Site
from registry.templatetags.registry_shown import phone, website
from tests.registry import world

pytestmark = pytest.mark.django_db


def text(client: Client, address: str, language: str = "ru") -> str:
    return world.words(client.get(address, headers={"accept-language": language}))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_institution_is_shown(client: Client, language: str) -> None:
    world.institution(beds=64, phone="+74950009305;ext=12", head_name="Громов Лев")
    page = text(client, "/institutions/inst-1/", language)
    for shown in ("Липовая аллея", "64", "+7 495 000-93-05", "Громов Лев", "Марфино"):
        assert shown in page


@pytest.mark.parametrize("language", ["ru", "en"])
@time_machine.travel("2026-11-23")
def test_ngo_is_shown_with_what_it_may(client: Client, language: str) -> None:
    world.ngo()
    page = text(client, "/register/ngos/ngo-1/", language)
    for shown in ("НКО-2025-", "T07", "chip done", "2025", "2027"):
        assert shown in page


@pytest.mark.parametrize(
    ("on", "words"),
    [("2024-12-31", "Ещё не действует"), ("2025-01-01", "Действует"), ("2028-01-01", "Срок истёк")],
)
def test_ngo_says_how_its_registration_stands(client: Client, on: str, words: str) -> None:
    world.ngo()
    with time_machine.travel(on):
        assert words in text(client, "/register/ngos/ngo-1/")


@time_machine.travel("2026-11-23")
def test_registration_that_counts_today_stands_first(client: Client) -> None:
    ngo = world.ngo()
    now = Registration.objects.get()
    Registration.objects.create(
        ngo=ngo, number="later", during=DateRange(date(2028, 1, 1), date(2031, 1, 1))
    )
    Registration.objects.create(
        ngo=ngo, number="past", during=DateRange(date(2020, 1, 1), date(2021, 1, 1))
    )
    shown = client.get("/register/ngos/ngo-1/").context["registrations"]
    assert [registration["number"] for registration in shown] == [now.number, "later", "past"]


def test_ngo_without_a_registration_says_so(client: Client) -> None:
    world.ngo(during=None)
    assert "Регистрации нет" in text(client, "/register/ngos/ngo-1/")


def test_card_says_which_row_of_which_file_it_is_from(client: Client) -> None:
    at = timezone.now()
    content = world.as_csv(world.INSTITUTIONS, world.institution_line(1))
    batch = services.receive(
        kind="register", name="июль.csv", content=content, owner=None, by_id=None, at=at
    )
    services.queue(batch, at=at)
    services.write_batch(batch.pk, clock=timezone.now)
    page = text(client, f"/institutions/inst-{world.ogrn(1)}/")
    assert "Файл «июль.csv», лист «июль.csv», № 1: создано" in page


@pytest.mark.parametrize(
    "address",
    [
        "/institutions/nowhere/",
        "/register/ngos/nowhere/",
        "/register/ngos/inst-1/",
        "/institutions/ngo-1/",
    ],
)
def test_unknown_card_is_not_found(client: Client, address: str) -> None:
    world.institution()
    world.ngo()
    assert client.get(address).status_code == 404


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address).status_code == 200
    return len(questions)


def test_card_asks_as_few_questions_with_much_as_with_little(client: Client) -> None:
    institution, ngo = world.institution(), world.ngo()
    addresses = ("/institutions/inst-1/", "/register/ngos/ngo-1/")
    little = [asked(client, address) for address in addresses]
    district = institution.sites.get().district
    for n in range(20):
        Site.objects.create(institution=institution, name=f"Корпус {n}", district=district)
        registration = Registration.objects.create(
            ngo=ngo,
            number=f"2{n}",
            during=DateRange(date(2030 + n, 1, 1), date(2031 + n, 1, 1)),
        )
        world.approve(registration, "T01", "C")
    assert [asked(client, address) for address in addresses] == little
    assert max(little) <= 10


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+74950009305", '<a href="tel:+74950009305">+7 495 000-93-05</a>'),
        ("нет", "нет"),
        ("+7495000930", "+7495000930"),
    ],
)
def test_telephone_is_shown_in_groups(number: str, shown: str) -> None:
    assert phone(number) == shown


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://ngo.example.org/x", True),
        ("javascript:alert(1)", False),
        ("http://[", False),
        ("нет сайта", False),
    ],
)
def test_only_a_web_address_becomes_a_link(address: str, linked: bool) -> None:
    assert ("<a " in website(address)) is linked
