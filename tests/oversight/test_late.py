"""The lateness queue: counted when asked, whoever is dead; every number opens its list."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.roles import Role
from casework.lateness import lateness as standing
from casework.models import Case, Term
from casework.sweep import sweep
from oversight.queries import lateness
from oversight.queries.cases import tells_the_department
from oversight.queries.lateness import LONG, STILL, WEEK, Asked
from oversight.queries.overdue import overdue
from registry.models import Institution
from tests import factories as make
from tests.oversight.world import MONDAY, browser, long_ago, of_the_department, offered, told
from visits.flows import ConcernFlow, VisitFlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Client:
    return browser(of_the_department())


def refs(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/late/{query}").context["page"]
    return [row.term.case.ref for row in page.rows]


def queue(at: datetime, asked: Asked = Asked()) -> list[lateness.Late]:  # noqa: B008  (frozen)
    acting, days = make.acting(of_the_department()), overdue(at)
    terms = lateness.late_terms(acting, at)
    return lateness.page(terms, asked, days, after=None, size=100).rows


def test_nothing_late_is_said_in_words(chief: Client) -> None:
    told(timezone.now())
    text = chief.get("/late/").content.decode()
    assert "<h1>Сейчас ничего не&nbsp;просрочено</h1>".replace("&nbsp;", "\u00a0") in text
    assert "Все отвечают вовремя" in text


def test_the_longest_overdue_comes_first_and_tells_all_that_matters(chief: Client) -> None:
    house = make.institution("Липовая аллея")
    deal = offered(long_ago(), house)
    concern = told(long_ago(), house)
    rows = chief.get("/late/").context["page"].rows
    assert [row.term.case for row in rows] == [concern.case, deal.case]
    late = rows[1]
    assert late.heading == f"{deal.ngo.organisation.short_name} × Липовая аллея"
    assert (late.door, late.told_department) == ("ajar", True)
    with translation.override("en"):
        assert [str(row.whose) for row in rows] == ["the Department", "director"]
        words = overdue(timezone.now()).words(late.term, late.standing)
    assert re.fullmatch(r"\d+ working days", words)


def test_the_department_is_told_of_some_terms_only() -> None:
    told_of = {
        (flow.kind, name): tells_the_department(flow, name)
        for flow, name in (
            (VisitFlow, "escalate"),
            (VisitFlow, "escalate_hours"),
            (VisitFlow, "finish"),
            (ConcernFlow, "remind"),
        )
    }
    assert list(told_of.values()) == [True, False, False, True]


def test_what_is_late_does_not_depend_on_the_worker(chief: Client) -> None:
    case = told(long_ago()).case
    assert refs(chief) == [case.ref]
    assert Term.objects.get(case=case).escalated_at is None
    sweep(timezone.now())
    assert Term.objects.get(case=case).escalated_at is not None
    assert refs(chief) == [case.ref]


def test_the_page_says_when_the_department_was_told(chief: Client) -> None:
    told(long_ago())
    assert "ещё нет" in chief.get("/late/").content.decode().replace("\u00a0", " ")
    sweep(timezone.now())
    assert "ещё нет" not in chief.get("/late/").content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("2026-11-06T23:59:59+03:00", []),
        ("2026-11-07T00:00:00+03:00", ["less than a working day"]),
        ("2026-11-08T12:00:00+03:00", ["less than a working day"]),
        ("2026-11-09T00:00:00+03:00", ["1 working day"]),
        ("2026-11-13T12:00:00+03:00", ["5 working days"]),
    ],
)
def test_lateness_begins_at_the_end_of_the_last_day_and_counts_working_days(
    now: str, late: list[str]
) -> None:
    told(MONDAY)
    with translation.override("en"):
        assert [row.late_by for row in queue(datetime.fromisoformat(now))] == late


@pytest.mark.parametrize(
    ("now", "week", "long"),
    [
        ("2026-11-07T12:00:00+03:00", 1, 0),
        ("2026-11-09T12:00:00+03:00", 1, 0),
        ("2026-11-14T00:00:00+03:00", 1, 0),
        ("2026-11-15T23:59:59+03:00", 1, 0),
        ("2026-11-16T00:00:00+03:00", 0, 1),
    ],
)
def test_the_tabs_hold_this_week_and_what_is_long_overdue(now: str, week: int, long: int) -> None:
    told(MONDAY)
    at = datetime.fromisoformat(now)
    found = [len(queue(at, Asked(tab=tab))) for tab in (WEEK, LONG, "")]
    assert found == [week, long, 1]


def test_a_count_is_the_length_of_the_list_it_opens(chief: Client) -> None:
    house = make.institution()
    for days in (2, 8, 15, 40):
        told(timezone.now() - timedelta(days=days), house)
    offered(long_ago(), house)
    stands_still(house)
    asked = ("", "?kind=concern", f"?organisation={house.organisation.ref}")
    for query in asked:
        counts = chief.get(f"/late/{query}").context["counts"]
        lists = {
            "all": refs(chief, query),
            WEEK: refs(chief, f"{query or '?'}&tab=week"),
            LONG: refs(chief, f"{query or '?'}&tab=long"),
            STILL: refs(chief, f"{query or '?'}&tab=still"),
        }
        assert counts == {tab: len(found) for tab, found in lists.items()}


def stands_still(house: Institution) -> None:
    """A term whose lawful pause began before it was late."""
    deal = offered(timezone.now() - timedelta(days=1), house)
    Term.objects.filter(case=deal.pk).update(paused_at=timezone.now())


def test_what_stands_still_is_no_late_term(chief: Client) -> None:
    stands_still(make.institution())
    assert (refs(chief), len(refs(chief, "?tab=still"))) == ([], 1)


def test_it_is_narrowed_by_kind_and_organisation(chief: Client) -> None:
    house, other = make.institution(), make.institution()
    concern = told(long_ago()).case
    deals = [offered(long_ago(), place).case for place in (house, other)]
    assert refs(chief, "?kind=concern") == [concern.ref]
    assert refs(chief, "?kind=agreement") == [deal.ref for deal in deals]
    assert refs(chief, f"?organisation={other.organisation.ref}") == [deals[1].ref]


def test_page_after_page_shows_every_term_once(chief: Client, monkeypatch) -> None:
    monkeypatch.setattr("oversight.views.late.PAGE", 2)
    at = long_ago()
    cases = [told(at).case.ref for _ in range(5)]
    seen: list[str] = []
    query = ""
    while True:
        page = chief.get(f"/late/?{query}").context["page"]
        seen += [row.term.case.ref for row in page.rows]
        if not page.after:
            break
        query = f"after={page.after}"
    assert seen == cases


def test_what_was_answered_is_late_no_more(chief: Client) -> None:
    concern = told(long_ago())
    acting = make.acting(of_the_department(Role.REGISTRAR))
    ConcernFlow.reply(concern, by=acting, at=timezone.now(), key="k", reason="Разобрались")
    assert refs(chief) == []


@pytest.mark.parametrize(
    "query",
    [
        "?kind=%00",
        "?kind=unknown",
        "?organisation=nowhere",
        "?tab=%00",
        "?after=%00",
        "?after=" + "A" * 5000,
        "?after=WyJ4IiwxXQ",
        "?after=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwxXQ",
    ],
)
def test_a_strange_question_is_answered(chief: Client, query: str) -> None:
    assert chief.get(f"/late/{query}").status_code == 200


def test_an_unknown_organisation_is_said_beside_the_field(chief: Client) -> None:
    form = chief.get("/late/?organisation=nowhere").context["form"]
    assert list(form.errors) == ["organisation"]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.DESK])
def test_an_institution_does_not_see_the_queue(role: Role) -> None:
    person = make.member(make.institution().organisation, role)
    assert browser(person).get("/late/").status_code == 404


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CHECKER, Role.COMMISSIONER, Role.AUDITOR])
def test_everybody_of_the_department_sees_it(role: Role) -> None:
    assert browser(of_the_department(role)).get("/late/").status_code == 200


def test_queries_do_not_grow_with_the_rows(chief: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert chief.get("/late/").status_code == 200
        return len(caught)

    house = make.institution()
    told(long_ago(), house)
    few = queries()
    for _ in range(10):
        told(long_ago(), house)
    assert queries() == few
    # Session, person, hats and notices are every page's own.
    assert few <= 4 + 5


def test_another_kind_of_case_costs_only_the_doors_of_its_owners(chief: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            chief.get("/late/")
        return len(caught)

    for _ in range(3):
        told(long_ago(), make.institution())
    one = queries()
    for _ in range(3):
        offered(long_ago(), make.institution())
    assert queries() == one + 1


def test_the_rule_is_the_one_of_the_case_page() -> None:
    told(MONDAY)
    at = MONDAY + timedelta(days=30)
    (row,) = queue(at)
    assert row.standing == standing(Term.objects.get(case=Case.objects.get()), at)
