"""The page that shows how one term was counted, for those who may see its case."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accounts.roles import Role
from casework import terms
from casework.flows import CalendarChangeFlow
from casework.models import CalendarYear, Term
from casework.process import Clock, Length
from casework.services.calendar import Wanted, propose
from casework.terms import last_day
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.casework import clockwork

NOW = datetime(2026, 6, 8, 12, tzinfo=ZoneInfo("Europe/Moscow"))
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield signed_in(make.member(make.department(), Role.AUDITOR), "mfa")


def shown(reader: Client, term: Term, language: str = "ru") -> Any:
    reader.cookies["django_language"] = language
    answer = reader.get(f"/terms/{term.pk}/")
    assert answer.status_code == 200
    return answer


def reasons(answer: Any) -> dict[date, list[str]]:
    days = answer.context["counting"].days
    return {day.on: [str(why) for why in day.why] for day in days if day.why}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_day_is_there_with_its_number_and_its_reason(reader: Client, language: str) -> None:
    term = clockwork.begin(NOW - 3 * DAY, 5)  # Friday
    answer = shown(reader, term, language)
    counting = answer.context["counting"]
    numbers = [day.number for day in counting.days]
    assert numbers == [None, None, None, 1, 2, 3, 4, None, None, None, 5]
    assert counting.days[-1].on == last_day(term)
    assert [len(week) for week in counting.weeks] == [7, 7, 7]
    assert len(reasons(answer)) == 7
    assert counting.rule.code == clockwork.RULE
    assert (counting.version, counting.newer) == (1, None)


def test_an_extension_names_its_rule_and_the_day_without_it(reader: Client) -> None:
    term = clockwork.lived(NOW - 10 * DAY, 5, extended=NOW - 7 * DAY)
    answer = shown(reader, term, "en")
    assert answer.context["counting"].extension.code == clockwork.EXTENSION
    told = reasons(answer)
    assert told[date(2026, 6, 1)] == ["Extended by 10 days."]
    assert told[date(2026, 6, 5)] == ["Without the extension the days would have been over here."]
    assert told[last_day(term)] == ["The last day of the term, to its end."]


def test_one_that_stands_still_shows_the_days_it_has_had(reader: Client) -> None:
    term = clockwork.begin(NOW - 10 * DAY, 10)
    clockwork.stop(term, NOW - 4 * DAY)
    answer = shown(reader, term, "en")
    days = answer.context["counting"].days
    assert (days[-1].on, days[-1].number) == (date(2026, 6, 4), 4)
    assert "stands still" in answer.content.decode()


def test_one_stopped_on_its_last_day_says_that_no_day_was_left(reader: Client) -> None:
    term = clockwork.lived(NOW - 10 * DAY, 4, pauses=[(NOW - 4 * DAY, NOW)])
    told = reasons(shown(reader, term, "en"))
    assert last_day(clockwork.again(term)) == NOW.date()
    assert told[NOW.date()] == [
        "No day was left, and a term ends on a working day on which it runs.",
        "The last day of the term, to its end.",
    ]


@pytest.mark.parametrize(("after", "words"), [(2, "in time"), (20, "late")])
def test_one_that_is_over_says_whether_the_move_was_in_time(
    reader: Client, after: int, words: str
) -> None:
    term = clockwork.begin(NOW - 30 * DAY, 10)
    Term.objects.filter(pk=term.pk).update(stopped_at=term.started_at + after * DAY)
    answer = shown(reader, term, "en")
    assert f"The term is over: the move was made {words}" in answer.content.decode()


def test_one_that_ends_at_a_moment_has_no_days(reader: Client) -> None:
    case = clockwork.a_case(NOW)
    clock = Clock("m", "Moment", lambda _ask: Length(until=NOW + 9 * DAY), "escalate")
    terms.start(clockwork.ask_at(case, NOW), [clock])
    answer = shown(reader, Term.objects.get(case=case), "en")
    assert answer.context["counting"].days == []


def test_one_kept_by_an_older_calendar_says_so(reader: Client) -> None:
    term = clockwork.begin(NOW, 10)
    one, two = make.acting(make.registrar()), make.acting(make.registrar())
    wanted = Wanted({date(2026, 6, 12): True}, True, 1, "7", NOW.date())
    year = CalendarYear.objects.get(pk=2026)
    change = propose(year, wanted, by=one, at=NOW, key="k")
    CalendarChangeFlow.confirm(change, by=two, at=NOW, key="c")
    counting = shown(reader, term).context["counting"]
    assert (counting.version, counting.newer) == (1, 2)
    assert counting.days[-1].on == last_day(term)
    clockwork.extend(term, NOW + DAY)
    assert shown(reader, term).context["counting"].days[-1].on == last_day(clockwork.again(term))


def test_a_term_of_a_case_that_one_may_not_see_is_no_page() -> None:
    with time_machine.travel(NOW, tick=False):
        term = clockwork.begin(NOW, 10)
        client = signed_in(make.member(make.organisation("ngo"), Role.HEAD), "mfa")
        assert client.get(f"/terms/{term.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_a_number_that_is_no_term_is_no_page(reader: Client, number: str) -> None:
    assert reader.get(f"/terms/{number}/").status_code == 404
