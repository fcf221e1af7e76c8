"""The volunteer's book: only confirmed time, only one's own; certificates; the NGO's table."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.roles import Role
from casework.models import Paper, PaperKind
from tests.accounts.sessions import signed_in
from tests.visits import receiving as make
from tests.visits.asking import hat, over
from tests.visits.receiving import TODAY, TOMORROW, at
from visits.flows import VisitFlow
from visits.models import Visit
from visits.queries.book import Period, book
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
BOOK, TABLE = "/visits/book/", "/visits/hours.csv"
MINUTES = 115


@pytest.fixture
def anna(cast: SimpleNamespace, clock: time_machine.Traveller) -> Volunteer:
    return make.helper(cast, "Анна")


def came(cast: SimpleNamespace, clock: time_machine.Traveller, who: Volunteer) -> Visit:
    """A visit that took place; its hours were confirmed."""
    visit = over(cast, who)
    VisitFlow.close(visit, by=hat(cast, Role.COORDINATOR), at=at(14), key=make.key())
    clock.move_to(at(15))
    return make.again(visit)


def words(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def certified(client: Client, cast: SimpleNamespace, **days: str) -> Any:
    return client.post(f"{BOOK}{cast.ngo.organisation.ref}/", days)


def test_only_confirmed_time_stands_there(
    cast: SimpleNamespace, clock: time_machine.Traveller, anna: Volunteer
) -> None:
    visit = over(cast, anna)
    assert book(anna.pk, Period()).lines == []
    VisitFlow.close(visit, by=hat(cast, Role.COORDINATOR), at=at(14), key=make.key())
    found = book(anna.pk, Period())
    (line,) = found.lines
    assert (line.ngo, line.institution) == (cast.ngo.organisation, cast.house.organisation)
    assert (found.minutes, found.times, line.first_on) == (MINUTES, 1, TOMORROW)
    assert book(anna.pk, Period(last=TODAY)).lines == []
    assert book(anna.pk, Period(first=TOMORROW, last=TOMORROW)).minutes == MINUTES


def test_a_volunteer_reads_their_own_book_and_nobody_elses(
    cast: SimpleNamespace, clock: time_machine.Traveller, anna: Volunteer
) -> None:
    boris = make.helper(cast, "Борис")
    came(cast, clock, anna)
    assert "1 ч 55 мин за 1 визит" in words(signed_in(anna.person), BOOK)
    assert "Подтверждённых часов пока нет" in words(signed_in(boris.person), BOOK)
    assert certified(signed_in(boris.person), cast).status_code == 404


@pytest.mark.parametrize("days", ["first=nonsense", "first=2026-07-09&last=2026-07-08"])
def test_days_that_make_no_sense_are_said_beside_the_field(
    cast: SimpleNamespace, clock: time_machine.Traveller, anna: Volunteer, days: str
) -> None:
    came(cast, clock, anna)
    answer = signed_in(anna.person).get(f"{BOOK}?{days}")
    assert answer.status_code == 200
    assert len(answer.context["form"].errors) == 1


def test_a_certificate_is_opened_by_its_owner_and_checked_by_anybody(
    cast: SimpleNamespace, clock: time_machine.Traveller, anna: Volunteer
) -> None:
    came(cast, clock, anna)
    mine = signed_in(anna.person)
    places = {certified(mine, cast)["Location"] for _ in range(2)}
    paper = Paper.objects.get(kind=PaperKind.HOURS)
    assert places == {paper.get_absolute_url()}
    assert mine.get(paper.get_absolute_url())["Content-Type"] == "application/pdf"
    assert paper.values["total"] == "1 ч 55 мин"
    strangers = (signed_in(cast.coordinator), signed_in(make.helper(cast, "Борис").person))
    assert [one.get(paper.get_absolute_url()).status_code for one in strangers] == [404, 404]
    checked = words(Client(), f"/verify/{paper.code}")
    assert paper.number in checked
    assert anna.person.family_name not in checked
    assert Client().get(f"/extracts/{paper.code}/").status_code == 404


def test_the_table_has_a_line_for_each_person_and_visit_of_this_ngo(
    cast: SimpleNamespace, clock: time_machine.Traveller, anna: Volunteer
) -> None:
    visit = came(cast, clock, anna)
    text = signed_in(cast.coordinator).get(TABLE).content.decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(text), delimiter=";")
    assert len(head) == len(line)
    assert (line[4], line[7], line[8]) == (TOMORROW.isoformat(), visit.case.ref, "1.92")
    coming = signed_in(cast.coordinator).get(TABLE, {"first": "2030-01-01"})
    assert len(coming.content.decode("utf-8-sig").splitlines()) == 1
    assert signed_in(cast.coordinator).get(TABLE, {"first": "x"}).status_code == 404
    assert signed_in(cast.director, "mfa").get(TABLE).status_code == 404
