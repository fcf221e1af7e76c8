"""Anybody takes an extract from the register: one for a day, a language and what it holds."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from casework.models import Paper
from registry.models import Ngo
from registry.queries import extracts
from tests import factories
from tests.casework.papers import NOON, read
from tests.institutions.doing import days

pytestmark = pytest.mark.django_db
RUSSIAN, ENGLISH = {"Accept-Language": "ru"}, {"Accept-Language": "en"}


def address(ngo: Ngo) -> str:
    return f"/register/ngos/{ngo.organisation.ref}/extract/"


def taken(ngo: Ngo, headers: dict[str, str]) -> Paper:
    """The paper behind the link of the card, which anybody opens."""
    answer = Client().get(address(ngo), headers=headers)
    assert answer.status_code == 302
    given = Client().get(answer["Location"])
    assert (given.status_code, given["Content-Type"]) == (200, "application/pdf")
    assert given["Cache-Control"] == "public, max-age=300"
    return Paper.objects.get(code=answer["Location"].split("/")[2])


def test_the_card_offers_an_extract() -> None:
    ngo = factories.ngo()
    page = Client().get(f"/register/ngos/{ngo.organisation.ref}/").content.decode()
    assert f'href="{address(ngo)}"' in page


def test_an_extract_says_what_the_register_holds() -> None:
    factories.department()
    ngo = factories.ngo("Шаг за ворота")
    number = ngo.registrations.get().number
    russian, english = (read(taken(ngo, headers)) for headers in (RUSSIAN, ENGLISH))
    assert "Выписка из реестра некоммерческих организаций" in russian
    assert "Extract from the register of NGOs" in english
    for text in (russian, english):
        assert "Шаг за ворота" in text
        assert number in text
        assert "T01" in text
    assert "Состояние Действует" in russian
    assert "Standing Registration in force" in english


def test_an_extract_is_issued_once_a_day_while_nothing_changes() -> None:
    factories.department()
    ngo = factories.ngo()
    with time_machine.travel(NOON, tick=False) as clock:
        first = taken(ngo, RUSSIAN)
        assert taken(ngo, RUSSIAN) == first
        assert taken(ngo, ENGLISH) != first
        registration = ngo.registrations.get()
        registration.withdrawn_on = date(2025, 6, 1)
        registration.save()
        changed = taken(ngo, RUSSIAN)
        clock.move_to(NOON + days(1))
        tomorrow = taken(ngo, RUSSIAN)
    assert len({first, changed, tomorrow}) == 3
    assert "Отозвана с 1 июня 2025 года" in read(changed)
    assert "На 3 июня 2025 года" in read(tomorrow)
    assert Paper.objects.count() == 4


def test_what_the_register_does_not_show_has_no_extract() -> None:
    hidden = Ngo.objects.create(organisation=factories.organisation("ngo"), applicant=True)
    assert Client().get(address(factories.ngo())).status_code == 404
    factories.department()
    assert Client().get(address(hidden)).status_code == 404
    assert Client().get("/register/ngos/nobody/extract/").status_code == 404
    assert extracts.extract("nobody", NOON.date()) is None
    assert Paper.objects.count() == 0
