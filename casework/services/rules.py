"""Proposing a change of the rulebook."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, objections, open_case, retried
from casework.flows import RuleChangeFlow
from casework.models import Decision, Parameter, RuleChange
from casework.parameters import rules_on
from casework.process import Ask, Refused


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
    if by.organisation is None or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    owner, writer = by.organisation, by.user

    def proposed() -> RuleChange:
        if earlier := _by_key(writer, key):
            return earlier
        change = RuleChange(
            case=open_case(RuleChangeFlow, owner=owner, by=writer, at=at),
            replaces=replaces,
            proposed_by=writer,
            **vars(wanted),
        )
        _judge(change, by, at)
        change.save(force_insert=True)
        RuleChangeFlow.propose(change, by=by, at=at, key=key, opened=True)
        return change

    return retried(proposed)


def _judge(change: RuleChange, by: Acting, at: datetime) -> None:
    """Before the database refuses what it would refuse anyway, say all of it in words."""
    on = at.astimezone(ZoneInfo(change.case.owner.zone)).date()
    ask: Ask[RuleChange] = Ask(change, by, at, rules_on(on))
    if found := list(objections(RuleChangeFlow.propose, ask)):
        raise Refused(*found)


def _by_key(writer: User, key: str) -> RuleChange | None:
    """The change that this form has already proposed."""
    sent = Decision.objects.filter(key=f"{writer.pk}:{key}", step=RuleChangeFlow.propose.name)
    return RuleChange.objects.filter(case__in=sent.values("case")).first()
