"""Proposing a change of the rulebook."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.hats import Acting
from accounts.models import User
from casework.flows import RuleChangeFlow
from casework.models import Case, Parameter, RuleChange
from casework.opening import begin


@dataclass(frozen=True)
class Wanted:
    """The new value, from which day, by which act, and why."""

    value: int
    from_on: date
    act_number: str
    act_on: date
    why: str


def propose(
    replaces: Parameter, wanted: Wanted, *, by: Acting, at: datetime, key: str
) -> RuleChange:
    """A change that waits for its second person. The same key gives the same change; raises
    Refused with every reason.
    """

    def change(case: Case, user: User) -> RuleChange:
        return RuleChange(case=case, replaces=replaces, proposed_by=user, **vars(wanted))

    return begin(RuleChangeFlow.propose, change, by=by, at=at, key=key)
