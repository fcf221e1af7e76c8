"""Warnings before something ends: at 60, 30, 14 and 7 days, once each, to whom it concerns."""

from datetime import date, timedelta

import pytest

from accounts.memberships import grant
from accounts.models import Organisation
from accounts.roles import Role
from casework.letters import letter
from casework.models import Notice, Parameter
from tests.factories import institution, member, ngo
from tests.volunteers.making import clear, give, noon, volunteer
from volunteers.models import Volunteer
from volunteers.services.warnings import warn_expiring
from volunteers.tasks import warn_expiring as task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = date(2026, 7, 7)
GIVEN = date(2025, 7, 8)


def told(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def warn(before: int) -> int:
    return warn_expiring(noon(LAST - before * DAY))


def test_each_lead_is_told_once_however_often_one_asks(anna: Volunteer) -> None:
    give(anna, "conduct", on=GIVEN)
    told_by_day = {days: [warn(days), warn(days)] for days in range(65, -2, -1)}
    assert {days for days, (first, _) in told_by_day.items() if first} == {60, 30, 14, 7}
    assert sum(again for _, again in told_by_day.values()) == 0
    assert told("clearance_expiring") == [anna.pk] * 4


def test_a_day_on_which_nobody_asked_is_made_up_for(anna: Volunteer) -> None:
    give(anna, "conduct", on=GIVEN)
    assert [warn(days) for days in (61, 57, 56, 25, 3, 2)] == [0, 1, 0, 1, 1, 0]


def test_the_first_lead_is_a_rule_parameter(anna: Volunteer) -> None:
    Parameter.objects.filter(code="vetting.warn").update(value=45)
    give(anna, "conduct", on=GIVEN)
    assert [warn(days) for days in (60, 46, 45)] == [0, 0, 1]


def test_coordinators_hear_of_all_their_people_in_one_letter_a_day(
    home: Organisation, anna: Volunteer
) -> None:
    first, second = (member(home, Role.COORDINATOR) for _ in range(2))
    other = volunteer(home)
    for who in (anna, other):
        give(who, "conduct", on=GIVEN)
    warn(60)
    heard = Notice.objects.filter(kind="clearance_expiring_ngo", person=first)
    (notice,) = heard
    assert len(notice.values["endings"]) == 2
    assert {first.pk, second.pk} <= set(told("clearance_expiring_ngo"))
    assert told("clearance_expiring") == sorted([anna.pk, other.pk])
    for language in ("ru", "en"):
        text = letter(notice, language).text
        assert str(anna.person) in text
        assert str(other.person) in text


def test_what_was_renewed_or_revoked_is_not_warned_of(anna: Volunteer) -> None:
    give(anna, "conduct", on=GIVEN)
    give(anna, "conduct", on=GIVEN + 200 * DAY)
    assert warn(30) == 0


def test_another_ngo_hears_nothing_of_an_institution_it_does_not_work_with(
    home: Organisation, anna: Volunteer
) -> None:
    other = ngo("Шаг").organisation
    here, there = member(home, Role.COORDINATOR), member(other, Role.COORDINATOR)
    clear(anna, "V1", institution=institution("Тайный дом"), on=GIVEN)
    grant(anna.person, other, Role.VOLUNTEER, on=date(2024, 1, 1), by=None)
    warn(60)
    values = {
        one.person_id: str(one.values)
        for one in Notice.objects.filter(kind="clearance_expiring_ngo")
    }
    assert "Тайный дом" in values[here.pk]
    assert "Тайный дом" not in values[there.pk]
    assert "Рядом" not in values[there.pk]


def test_a_letter_to_a_volunteer_says_the_last_day_and_where_to_go(anna: Volunteer) -> None:
    give(anna, "conduct", on=GIVEN)
    warn(60)
    notice = Notice.objects.get(kind="clearance_expiring")
    found = letter(notice, "ru")
    assert found.subject == "Скоро закончится: Правила поведения волонтёра"
    assert "7 июля 2026" in found.text
    assert found.link == "/clearance/"


def test_the_clock_of_the_worker_asks_too(anna: Volunteer) -> None:
    task()
    assert Notice.objects.filter(kind="clearance_expiring").count() == 0
