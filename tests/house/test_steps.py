"""Every party is tried with everybody, so that the page of steps leaves nobody out."""

from typing import Any

import pytest
from django.utils import translation

from accounts.roles import Role
from casework.parties import Depends, TheClock
from casework.process import Step
from institutions.flows import AgreementFlow, GuestModeFlow
from institutions.models import Agreement
from institutions.parties import director, head
from oversight.describing.probing import Untold, tried
from oversight.describing.processes import flows
from oversight.describing.steps import YES, everybody, marks, matrix

STEPS = [
    pytest.param(step, id=f"{flow.kind}-{name}")
    for flow in flows()
    for name, step in flow.steps.items()
]


def test_every_role_is_tried_in_every_place_it_can_be_in() -> None:
    places = [one.name.partition(", ")[::2] for one in everybody()]
    roles = {str(role.label) for role in Role}
    assert {name for name, where in places if where == "decides"} == roles
    assert {name for name, where in places if where == "asks"} == roles
    assert len(places) == 3 * len(roles) + 3


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_somebodys_and_never_an_outsiders(step: Step) -> None:
    found = marks(step.flow, step)
    assert found != {}
    assert [name for name in found if name.endswith(", elsewhere")] == []


@pytest.mark.parametrize("step", STEPS)
def test_what_time_does_nobody_does(step: Step) -> None:
    if isinstance(step.by, TheClock):
        assert marks(step.flow, step) == {"no person": str(step.by.name)}


def test_a_side_that_the_case_determines_is_told_with_its_cases() -> None:
    with translation.override("en"):
        assert marks(AgreementFlow, AgreementFlow.sign) == {
            "director, decides": "`offered_by`: the side that asks",
            "head of the NGO, asks": "`offered_by`: the side that decides",
        }
        assert marks(GuestModeFlow, GuestModeFlow.close) == {"director, decides": "`level`: shut"}


def test_every_step_stands_beside_each_of_its_states() -> None:
    for flow in flows():
        rows = matrix(flow).splitlines()[2:]
        assert len(rows) == sum(len(step.sources) for step in flow.steps.values())
        assert [row for row in rows if YES not in row and row.rstrip(" |").endswith("`)")] == []


def test_a_party_that_reads_what_no_stub_can_answer_is_named() -> None:
    def pick(deal: Any) -> Any:
        return director if deal.visits_a_week > 3 else head

    party = Depends(pick, "whoever")
    with pytest.raises(Untold, match=r"Agreement\.visits_a_week"):
        list(tried(Agreement, lambda detail: party.admits(None, detail)))
