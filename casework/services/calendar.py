"""Proposing a change of the working calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, objections, open_case, retried
from casework.flows import CalendarChangeFlow
from casework.models import CalendarChange, CalendarYear, ChangedDay, Decision
from casework.parameters import rules_on
from casework.process import Ask, Refused


@dataclass(frozen=True)
class Wanted:
    """The days that change (True: they become working days), and by which act.

    `based_on` is the version of the calendar that was looked at; `decreed` whether the year is
    decreed with this act.
    """

    days: Mapping[date, bool]
    decreed: bool
    based_on: int
    act_number: str
    act_on: date


def propose(
    year: CalendarYear, wanted: Wanted, *, by: Acting, at: datetime, key: str
) -> CalendarChange:
    """A change that waits for its second person. The same key gives the same change; raises
    Refused with every reason.
    """
    if by.organisation is None or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    owner, writer = by.organisation, by.user

    def proposed() -> CalendarChange:
        if earlier := _by_key(writer, key):
            return earlier
        change = CalendarChange(
            case=open_case(CalendarChangeFlow, owner=owner, by=writer, at=at),
            year=year,
            decreed=wanted.decreed,
            based_on_id=wanted.based_on,
            act_number=wanted.act_number,
            act_on=wanted.act_on,
            proposed_by=writer,
        )
        change.given = dict(wanted.days)
        _judge(change, by, at)
        change.save(force_insert=True)
        ChangedDay.objects.bulk_create(
            ChangedDay(change=change, on=on, working=works) for on, works in wanted.days.items()
        )
        CalendarChangeFlow.propose(change, by=by, at=at, key=key, opened=True)
        return change

    return retried(proposed)


def _judge(change: CalendarChange, by: Acting, at: datetime) -> None:
    """Before the database refuses what it would refuse anyway, say all of it in words."""
    on = at.astimezone(ZoneInfo(change.case.owner.zone)).date()
    ask: Ask[CalendarChange] = Ask(change, by, at, rules_on(on))
    if found := list(objections(CalendarChangeFlow.propose, ask)):
        raise Refused(*found)


def _by_key(writer: User, key: str) -> CalendarChange | None:
    """The change that this form has already proposed."""
    step = CalendarChangeFlow.propose.name
    sent = Decision.objects.filter(key=f"{writer.pk}:{key}", step=step)
    return CalendarChange.objects.filter(case__in=sent.values("case")).first()
