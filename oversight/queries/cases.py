"""Cases of many kinds in one list: their headings without a query for each."""

from collections.abc import Iterable
from typing import Any

from casework.details import detail_in, with_details
from casework.models import Case
from casework.parties import DEPARTMENT, Depends, Either, Members
from casework.process import Clock, Flow, Party, Text


def details_of(cases: Iterable[Case]) -> dict[int, Any]:
    """The details of these cases with what their headings need: one query, whatever their kinds."""
    kinds = {case.pk: case.kind for case in cases}
    found = with_details(Case.objects.filter(pk__in=kinds), kinds.values())
    return {case.pk: detail_in(case) for case in found}


def clock_of(flow: type[Flow[Any]], name: str) -> Clock:
    """The clock a term of this name was started by."""
    clocks = (clock for stage in flow.stages.values() for clock in stage.clocks)
    return next(clock for clock in clocks if clock.name == name)


def whose_move(detail: Any) -> Text:
    """The party whose move it is, as precisely as the case itself tells."""
    flow = Flow.by_kind[detail.case.kind]
    owner = flow.stages[detail.case.state].owner
    return _picked(owner, detail).name if owner else ""


def tells_the_department(flow: type[Flow[Any]], step: str) -> bool:
    """Whether this step is told to the Department."""
    return any(_is_of_the_department(party) for party in flow.steps[step].tell)


def _picked(party: Party, detail: Any) -> Party:
    return _picked(party.pick(detail), detail) if isinstance(party, Depends) else party


def _is_of_the_department(party: Party) -> bool:
    if isinstance(party, Either):
        return any(_is_of_the_department(one) for one in party.parties)
    return isinstance(party, Members) and party.side == DEPARTMENT
