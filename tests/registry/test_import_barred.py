"""A file brings in no NGO that was excluded, while it is barred from coming in again."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from accounts.hats import Acting
from registry.flows import RegistrationFlow
from registry.importing.plans import Planned
from registry.models import Bar, Registration
from tests.registry.applicants import NOW, ON, Applicant, commissioner, registered
from tests.registry.importing import plan, write
from tests.registry.world import NGOS, as_csv, ngo_line, ogrn

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Applicant:
    """Registered long ago, excluded today, barred for two years."""
    made = registered((one, two), NOW - timedelta(days=10))
    organisation = made.ngo.organisation
    organisation.ogrn = ogrn(1)
    organisation.save()
    answers: dict[str, Any] = {"code": "X1", "months": 24, "reason": "Сведения неверны"}
    RegistrationFlow.exclude(made.application, by=commissioner(), at=NOW, key="x", **answers)
    return made


def row(first: date, last: date, at: Any = NOW) -> Planned:
    with time_machine.travel(at, tick=False):
        return plan(line(first, last)).rows[0]


def line(first: date, last: date) -> bytes:
    days = {"Дата регистрации": f"{first:%d.%m.%Y}", "Действует до": f"{last:%d.%m.%Y}"}
    return as_csv(NGOS, ngo_line(1, **days))


def test_a_later_period_of_a_barred_ngo_is_refused_with_the_day_from_which_it_may(
    ngo: Applicant,
) -> None:
    later = ON + 5 * YEAR
    found = row(later, later + YEAR)
    assert (found.outcome, found.reason_code, found.changes) == ("rejected", "barred", {})
    assert found.reason == (
        "НКО исключена из реестра и может войти в него снова с 02.11.2028: "
        "до этого дня никакой файл её не зарегистрирует."
    )
    before = list(Registration.objects.order_by("pk").values())
    with time_machine.travel(NOW, tick=False):
        assert write(line(later, later + YEAR)).rejected == 1
    assert list(Registration.objects.order_by("pk").values()) == before


def test_a_period_that_ended_before_the_exclusion_is_history(ngo: Applicant) -> None:
    found = row(date(2020, 1, 1), date(2022, 12, 31))
    assert (found.reason_code, "registration" in found.changes) == ("", True)


def test_the_period_that_the_exclusion_ended_is_kept_as_it_is(ngo: Applicant) -> None:
    assert row(ON, ON + YEAR).reason_code == "kept"


def test_after_the_bar_or_when_an_appeal_has_lifted_it_a_file_is_taken(ngo: Applicant) -> None:
    later = ON + 5 * YEAR
    over = NOW.replace(year=2028)
    assert row(later, later + YEAR, at=over).reason_code == ""
    assert row(later, later + YEAR, at=over - timedelta(days=1)).reason_code == "barred"
    Bar.objects.update(lifted_on=ON)
    assert row(later, later + YEAR).reason_code == ""
