"""Recording an outcome: one person, two people, oneself; what is refused, what stays hidden."""

from datetime import date, timedelta

import pytest

from accounts.memberships import grant
from accounts.models import Organisation
from accounts.roles import Role
from casework.engine import offers
from casework.models import Decision, Notice, Term
from registry.models import Institution
from tests.factories import acting, department, ngo
from tests.volunteers.making import (
    NOON,
    TODAY,
    checker_of,
    give,
    key,
    requirement,
    somebody,
)
from tests.volunteers.recorded import first_outcome, refusals, state, told
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Outcome, Volunteer
from volunteers.rules import NOT_PASSED, PASSED, UNREADABLE
from volunteers.services import outcomes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "ends_on"),
    [
        ("identity", None),
        ("interview", None),
        ("fluorography", date(2027, 7, 7)),
        ("training", date(2028, 7, 7)),
        ("conduct", date(2027, 7, 7)),
        ("consent", None),
    ],
)
def test_one_person_records_and_it_counts_at_once(
    anna: Volunteer, code: str, ends_on: date | None
) -> None:
    made = give(anna, code)
    assert state(made) == ("valid", True)
    assert made.valid_through == ends_on
    terms = Term.objects.filter(case=made.case, stopped_at=None).values_list("name", flat=True)
    assert list(terms) == (["validity"] if ends_on else [])


def test_what_was_not_passed_is_kept_and_does_not_count(anna: Volunteer) -> None:
    made = give(anna, "medical", passed=False)
    assert state(made) == ("failed", False)
    assert told(made) == [("outcome_fail", anna.pk)]


def test_a_certificate_counts_when_a_second_checker_says_the_same(anna: Volunteer) -> None:
    made, first = first_outcome(anna)
    assert state(made) == ("waiting_second", False)
    second = somebody(department(), Role.CHECKER)
    outcomes.second_opinion(made, PASSED, by=second, at=NOON, key=key())
    assert state(made) == ("valid", True)
    made.refresh_from_db()
    assert (made.checker, made.second) == (first, second.user)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (True, NOT_PASSED, "differ"),
        (False, PASSED, "differ"),
        (False, NOT_PASSED, "not_passed"),
        (True, UNREADABLE, "unreadable"),
    ],
)
def test_otherwise_it_does_not_count(anna: Volunteer, first: bool, second: str, code: str) -> None:
    made, _ = first_outcome(anna, passed=first)
    by = somebody(department(), Role.CHECKER)
    outcomes.second_opinion(made, second, by=by, at=NOON, key=key())
    assert state(made) == ("rejected", False)
    assert Decision.objects.get(case=made.case, step="reject").code == code


def test_the_first_checker_is_not_the_second(anna: Volunteer) -> None:
    made, first = first_outcome(anna)
    by = acting(first, TODAY, Role.CHECKER)
    assert refusals(lambda: outcomes.second_opinion(made, PASSED, by=by, at=NOON, key=key())) == [
        "own_case"
    ]


def test_nobody_checks_themselves_and_the_volunteer_does_not_confirm(
    home: Organisation, anna: Volunteer
) -> None:
    grant(anna.person, home, Role.COORDINATOR, on=date(2024, 1, 1), by=None)
    grant(anna.person, department(), Role.CHECKER, on=date(2024, 1, 1), by=None)
    own = acting(anna.person, TODAY, Role.COORDINATOR)
    assert refusals(
        lambda: outcomes.record(anna, requirement("identity"), by=own, at=NOON, key=key(), on=TODAY)
    ) == ["oneself"]
    made, _ = first_outcome(anna)
    as_checker = acting(anna.person, TODAY, Role.CHECKER)
    assert "oneself" in refusals(
        lambda: outcomes.second_opinion(made, PASSED, by=as_checker, at=NOON, key=key())
    )
    assert Outcome.objects.filter(requirement__code="identity").count() == 0


def test_a_checker_from_the_volunteers_ngo_leaves_it_to_another(
    home: Organisation, anna: Volunteer
) -> None:
    made, _ = first_outcome(anna)
    by = somebody(department(), Role.CHECKER)
    other = ngo("Шаг").organisation
    for where in (home, other):
        grant(by.user, where, Role.COORDINATOR, on=date(2024, 1, 1), by=None)  # type: ignore[arg-type]
    grant(anna.person, other, Role.VOLUNTEER, on=date(2024, 1, 1), by=None)
    by = acting(by.user, TODAY, Role.CHECKER)  # type: ignore[arg-type]
    found = refusals(lambda: outcomes.second_opinion(made, PASSED, by=by, at=NOON, key=key()))
    assert found == ["own_case", "same_ngo"]


def test_only_whoever_checks_it_may_record_it(anna: Volunteer, house: Institution) -> None:
    desk = somebody(house.organisation, Role.DESK)
    for code in ("identity", "record", "trust"):
        assert refusals(
            lambda code=code: outcomes.record(  # type: ignore[misc]
                anna, requirement(code), by=desk, at=NOON, key=key(), on=TODAY, institution=house
            )
        ) == ["not_yours"]
    made = outcomes.record(
        anna, requirement("induction"), by=desk, at=NOON, key=key(), on=TODAY, institution=house
    )
    assert (made.institution, made.valid_through) == (house, date(2027, 7, 7))


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (TODAY + DAY, "future"),
        (date(1899, 1, 1), "absurd"),
        (date(2025, 7, 8), "ended"),
        (date.max, "future"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(anna: Volunteer, on: date, code: str) -> None:
    by = checker_of(requirement("fluorography"), anna, None)
    asked = requirement("fluorography")
    assert refusals(lambda: outcomes.record(anna, asked, by=by, at=NOON, key=key(), on=on)) == [
        code
    ]
    assert Outcome.objects.count() == 0


def test_a_paper_whose_last_day_is_today_is_taken(anna: Volunteer) -> None:
    assert give(anna, "fluorography", on=date(2025, 7, 9), at=NOON).valid_through == TODAY


def test_the_same_form_sent_twice_records_once(anna: Volunteer) -> None:
    by = checker_of(requirement("identity"), anna, None)
    first, again = (
        outcomes.record(anna, requirement("identity"), by=by, at=NOON, key="one", on=TODAY)
        for _ in range(2)
    )
    assert first.pk == again.pk
    assert Outcome.objects.count() == 1


def test_the_number_is_sealed_and_stands_nowhere_else(anna: Volunteer) -> None:
    made, _ = first_outcome(anna)
    made = give(anna, "record", number="77-СЕКРЕТ-4417")
    detail = Outcome.objects.select_related("case").get(pk=made.pk)
    assert "СЕКРЕТ".encode() not in bytes(detail.number_sealed)
    by = somebody(department(), Role.CHECKER)
    assert outcomes.end_of_number(detail, by=by) == "4417"
    told_of = str(list(Notice.objects.values_list("values", flat=True)))
    page = str(OutcomeFlow.shown(detail)) + OutcomeFlow.heading(detail)
    decided = str(list(Decision.objects.values()))
    assert "СЕКРЕТ" not in told_of + page + decided


def test_a_short_number_is_not_shown_even_in_part(anna: Volunteer) -> None:
    made, _ = first_outcome(anna)
    detail = Outcome.objects.select_related("case").get(pk=made.pk)
    assert outcomes.end_of_number(detail, by=somebody(department(), Role.CHECKER)) == ""


@pytest.mark.parametrize("passed", [True, False])
def test_what_the_first_found_is_not_shown_before_the_second_answers(
    anna: Volunteer, passed: bool
) -> None:
    made, _ = first_outcome(anna, passed=passed)
    detail = OutcomeFlow.model._default_manager.select_related(*OutcomeFlow.related).get(pk=made.pk)
    by = somebody(department(), Role.CHECKER)
    shown = [label for label, _ in OutcomeFlow.shown(detail)]
    offered = [(step.name, [o.code for o in found]) for step, found in offers(detail, by, NOON)]
    assert [str(label) for label in shown] == ["Волонтёр", "Что проверено", "Дата документа"]
    assert offered == [("confirm", ["own_page"]), ("reject", ["own_page"])]
