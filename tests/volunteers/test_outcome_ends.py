"""An outcome over time: a late second, its end, its revocation, and what is told of it."""

from datetime import date, timedelta

import pytest

from accounts.memberships import grant
from accounts.models import Organisation
from accounts.roles import Role
from casework.letters import letter
from casework.models import Notice, Term
from casework.process import flow_of
from casework.queries import cases_visible_to
from casework.sweep import sweep
from tests.factories import acting, department, ngo, registrar
from tests.volunteers.knowledge import take
from tests.volunteers.making import (
    NOON,
    TODAY,
    give,
    key,
    noon,
    somebody,
    volunteer,
)
from tests.volunteers.recorded import first_outcome, refusals, state, told
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Attempt, Outcome, Requirement, Volunteer
from volunteers.queries.test import passed_until
from volunteers.services import outcomes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_late_second_checker_is_told_of_once_and_nothing_is_confirmed(anna: Volunteer) -> None:
    chief = registrar()
    made, _ = first_outcome(anna)
    assert sweep(noon(date(2026, 7, 10))) == 0
    assert sweep(noon(date(2026, 7, 11))) == 1
    assert sweep(noon(date(2026, 7, 12))) == 0
    assert state(made) == ("waiting_second", False)
    assert ("outcome_escalate", chief.pk) in told(made)


def test_an_outcome_ends_after_its_last_day(home: Organisation, anna: Volunteer) -> None:
    coordinator = somebody(home, Role.COORDINATOR)
    made = give(anna, "conduct", on=date(2025, 7, 8))
    assert made.valid_through == date(2025, 7, 8).replace(year=2026, day=7)
    assert sweep(noon(date(2026, 7, 7))) == 0
    assert sweep(NOON) == 1
    assert state(made) == ("expired", False)
    heard = {person for kind, person in told(made) if kind == "outcome_expire"}
    assert heard == {anna.pk, coordinator.user.pk}


def test_the_end_of_what_was_renewed_troubles_nobody(anna: Volunteer) -> None:
    old = give(anna, "conduct", on=date(2025, 7, 8))
    new = give(anna, "conduct", on=date(2026, 7, 1))
    sweep(NOON)
    assert (state(old), state(new)) == (("expired", False), ("valid", True))
    assert [kind for kind, _ in told(old)] == []


def test_consent_can_be_withdrawn_by_the_volunteer_only_or_the_department(
    home: Organisation, anna: Volunteer
) -> None:
    made = give(anna, "consent")
    why = {"code": "wish", "reason": "Больше не приду."}
    stranger = somebody(home, Role.COORDINATOR)
    assert refusals(lambda: OutcomeFlow.revoke(made, by=stranger, at=NOON, key=key(), **why)) == [
        "not_yours"
    ]
    own = acting(anna.person, TODAY, Role.VOLUNTEER)
    OutcomeFlow.revoke(made, by=own, at=NOON, key=key(), **why)
    assert state(made) == ("revoked", False)


def test_the_department_revokes_what_an_ngo_recorded_and_both_hear(
    home: Organisation, anna: Volunteer
) -> None:
    coordinator = somebody(home, Role.COORDINATOR)
    made = give(anna, "medical")
    by = somebody(department(), Role.CHECKER)
    OutcomeFlow.revoke(
        made, by=by, at=NOON, key=key(), code="invalid", reason="Справка оказалась чужой."
    )
    heard = {person for kind, person in told(made) if kind == "outcome_revoke"}
    assert state(made) == ("revoked", False)
    assert {anna.pk, coordinator.user.pk} <= heard


def test_a_passed_test_becomes_an_outcome_and_a_failed_one_does_not(anna: Volunteer) -> None:
    take(anna.person, NOON, passing=False)
    assert Outcome.objects.count() == 0
    attempt = take(anna.person, NOON + DAY)
    made = Outcome.objects.select_related("case").get()
    assert (made.volunteer, made.requirement.code) == (anna.person, "test")
    assert made.valid_through == passed_until(Attempt.objects.get(pk=attempt.pk))
    assert (state(made), made.checker) == (("valid", True), None)


def test_a_test_finished_twice_is_recorded_once(anna: Volunteer) -> None:
    attempt = take(anna.person, NOON)
    outcomes.record_test_outcome(attempt, NOON + DAY)
    assert Outcome.objects.count() == 1


def test_without_a_department_a_test_is_only_a_test(home: Organisation) -> None:
    alone = volunteer(home)
    Organisation.objects.filter(kind="department").delete()
    take(alone.person, NOON)
    assert Outcome.objects.count() == 0


def test_one_ngo_does_not_see_the_checks_of_another(home: Organisation, anna: Volunteer) -> None:
    give(anna, "interview")
    other = ngo("Шаг").organisation
    grant(anna.person, other, Role.VOLUNTEER, on=date(2024, 1, 1), by=None)
    mine, theirs = somebody(home, Role.COORDINATOR), somebody(other, Role.COORDINATOR)
    assert cases_visible_to(mine).filter(kind="outcome").count() == 1
    assert cases_visible_to(theirs).filter(kind="outcome").count() == 0


def test_nothing_told_names_the_organisation_that_checked(
    home: Organisation, anna: Volunteer
) -> None:
    made = give(anna, "conduct", on=date(2025, 7, 8))
    give(anna, "medical")
    sweep(NOON)
    for notice in Notice.objects.select_related("person", "case"):
        for language in ("ru", "en"):
            found = letter(notice, language)
            assert home.short_name not in found.text + found.subject + str(notice.values)
    assert flow_of(made.case) is OutcomeFlow


def test_every_telling_step_has_its_letters(home: Organisation, anna: Volunteer) -> None:
    kinds = [f"outcome_{name}" for name, step in OutcomeFlow.steps.items() if step.tell]
    values = OutcomeFlow.facts(give(anna, "conduct")) | {"code": "differ", "reason": "Причина."}
    for kind in kinds:
        for language in ("ru", "en"):
            found = letter(Notice(kind=kind, person=anna.person, values=values), language)
            assert found.subject
            assert "{{" not in found.text
            assert "/people/" in found.text


def test_what_two_confirm_may_have_no_end(anna: Volunteer) -> None:
    Requirement.objects.filter(code="record").update(months=None)
    made = give(anna, "record")
    assert (state(made), made.valid_through) == (("valid", True), None)
    assert list(Term.objects.filter(case=made.case, stopped_at=None)) == []
    assert sweep(noon(date(2056, 7, 8))) == 0
    assert state(made) == ("valid", True)


def test_what_has_no_end_can_be_revoked(home: Organisation, anna: Volunteer) -> None:
    made = give(anna, "identity")
    by = somebody(home, Role.COORDINATOR)
    OutcomeFlow.revoke(made, by=by, at=NOON, key=key(), code="mistake", reason="Не тот паспорт.")
    assert state(made) == ("revoked", False)
