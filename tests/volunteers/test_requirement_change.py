"""Two people change what is asked of volunteers, from a day and by an act; the preview is true."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from casework.models import Term
from casework.process import Refused
from casework.sweep import sweep
from registry.models import Institution
from tests.volunteers import demanding as make
from tests.volunteers.demanding import FIRST_AID, MARCH, again, approve, proposed
from tests.volunteers.making import NOON, TODAY, clear, give, key, noon, requirement, volunteer
from volunteers.flows.requirement import RequirementFlow as Flow
from volunteers.models import Demand, Requirement, RequirementChange, Volunteer
from volunteers.queries import clearance
from volunteers.queries.people import cleared
from volunteers.queries.requirements import falling_by_ngo, falling_out, groups, not_asked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EVE = MARCH - DAY


def lacks(who: Volunteer, tier: str, house: Institution, on=MARCH) -> list[str]:  # type: ignore[no-untyped-def]
    missing = clearance.missing_for([who.pk], tier, house.pk, on, on)[who.pk]
    return [one.requirement.code for one in missing if one.requirement]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


def test_something_new_is_asked_from_its_day_on_and_not_before(
    anna: Volunteer, house: Institution
) -> None:
    clear(anna, "V2", institution=house)
    change = approve(proposed(FIRST_AID, "V2"))
    assert lacks(anna, "V2", house, EVE) == []
    assert lacks(anna, "V2", house) == [change.requirement.code]
    assert lacks(anna, "V1", house) == []
    give(anna, change.requirement.code)
    assert lacks(anna, "V2", house) == []


def test_a_stay_over_its_first_day_needs_it(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V2", institution=house)
    change = approve(proposed(FIRST_AID, "V2"))
    missing = clearance.missing_for([anna.pk], "V2", house.pk, EVE, MARCH)[anna.pk]
    assert [one.requirement for one in missing] == [change.requirement]
    assert not Volunteer.objects.filter(cleared("V2", house.pk, EVE, MARCH)).exists()
    assert Volunteer.objects.filter(cleared("V2", house.pk, EVE, EVE)).exists()


def test_nobody_is_asked_any_longer_from_its_day_on(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V2", institution=house, without=["risk"])
    change = approve(proposed("risk", ""))
    assert change.demand is None
    assert lacks(anna, "V2", house, EVE) == ["risk"]
    assert lacks(anna, "V2", house) == []
    assert [one.requirement.code for one in not_asked(MARCH)] == ["risk"]


def test_a_requirement_moves_to_a_lower_tier(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V2", institution=house)
    approve(proposed("psychologist", "V2"))
    assert lacks(anna, "V2", house, EVE) == []
    assert lacks(anna, "V2", house) == ["psychologist"]
    shown = {group.tier: [r.requirement.code for r in group.rows] for group in groups(MARCH)}
    assert "psychologist" in shown["V2"]
    assert "psychologist" not in shown["V3"]


def test_it_is_proposed_by_one_and_approved_by_another() -> None:
    by = make.officer()
    change = proposed("risk", "", by=by)
    with pytest.raises(Refused):
        Flow.approve(change, by=by, at=NOON, key=key())
    with pytest.raises(IntegrityError, match="by_two_people"), transaction.atomic():
        RequirementChange.objects.filter(pk=change.pk).update(approved_by=by.user.pk)


@pytest.mark.parametrize(
    ("asked", "tier", "changes", "code"),
    [
        ("risk", "V2", {}, "same"),
        ("risk", "", {"on": TODAY}, "past"),
        ("consent", "", {}, "law"),
        ("parent", "V2", {}, "law"),
        ("experience", "V2", {}, "experience"),
        ("risk", "", {"act_on": TODAY + DAY}, "act"),
    ],
)
def test_what_cannot_be_changed_is_said_in_words(
    asked: str, tier: str, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        proposed(asked, tier, **changes)  # type: ignore[arg-type]
    assert codes(refused) == [code]
    assert RequirementChange.objects.count() == 0


def test_a_refused_proposal_leaves_no_requirement_behind() -> None:
    before = Requirement.objects.count()
    with pytest.raises(Refused):
        proposed(FIRST_AID, "V2", on=TODAY)
    assert Requirement.objects.count() == before


def test_two_proposals_for_one_requirement_are_decided_one_after_the_other() -> None:
    first = proposed("risk", "V3")
    with pytest.raises(Refused) as refused:
        proposed("risk", "")
    assert codes(refused) == ["waits"]
    approve(first)
    with pytest.raises(Refused) as refused:
        proposed("risk", "", on=MARCH)
    assert codes(refused) == ["begins"]
    approve(proposed("risk", "", on=MARCH + DAY))
    demands = Demand.objects.filter(requirement=requirement("risk")).order_by("during")
    ends = [(one.tier, one.during.lower, one.during.upper) for one in demands]
    assert ends == [("V2", None, MARCH), ("V3", MARCH, MARCH + DAY)]


def test_the_database_holds_one_tier_at_a_time() -> None:
    risk = requirement("risk")
    with pytest.raises(IntegrityError, match="one_tier_at_a_time"), transaction.atomic():
        Demand.objects.create(requirement=risk, tier="V3", during=(MARCH, None))


def test_silence_is_escalated_and_its_first_day_unapproved_changes_nothing() -> None:
    change = proposed("risk", "")
    due = Term.objects.get(case=change.case, name="approve").due_at
    for _ in range(2):
        sweep(due)
    assert again(change).case.state == "proposed"
    sweep(noon(MARCH))
    assert again(change).case.state == "lapsed"
    assert Demand.objects.get(requirement=change.requirement).during.upper is None


def test_on_its_day_it_is_in_force() -> None:
    change = approve(proposed("risk", ""))
    assert change.case.state == "approved"
    sweep(noon(MARCH))
    assert again(change).case.state == "in_force"


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    people=st.lists(
        st.tuples(st.sampled_from(["V1", "V2", "V3"]), st.booleans()), min_size=1, max_size=4
    ),
    tier=st.sampled_from(["V1", "V2"]),
)
def test_whoever_the_preview_names_falls_out_and_nobody_else(
    home: Organisation, people: list[tuple[str, bool]], tier: str
) -> None:
    with transaction.atomic():
        for reached, has_it in people:
            who = volunteer(home)
            clear(who, reached, without=["psychologist"])
            if has_it:
                give(who, "psychologist")
        change = proposed("psychologist", tier)
        shown = set(falling_out(change).values_list("pk", flat=True))
        numbers = falling_by_ngo(change)[0]
        before = _reach(tier)
        approve(change)
        fell = before - _reach(tier)
        assert fell == shown
        assert (numbers.falling, numbers.cleared) == (len(fell), len(before))
        transaction.set_rollback(True)


def _reach(tier: str) -> set[int]:
    found = Volunteer.objects.filter(cleared(tier, None, MARCH, MARCH))
    return set(found.values_list("pk", flat=True))
