"""Proposing a change of the working calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accounts.hats import Acting
from accounts.models import User
from casework.flows import CalendarChangeFlow
from casework.models import CalendarChange, CalendarYear, Case, ChangedDay
from casework.opening import begin


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

    def change(case: Case, user: User) -> CalendarChange:
        made = CalendarChange(
            case=case,
            year=year,
            decreed=wanted.decreed,
            based_on_id=wanted.based_on,
            act_number=wanted.act_number,
            act_on=wanted.act_on,
            proposed_by=user,
        )
        made.given = dict(wanted.days)
        return made

    def its_days(made: CalendarChange) -> None:
        ChangedDay.objects.bulk_create(
            ChangedDay(change=made, on=on, working=works) for on, works in wanted.days.items()
        )

    return begin(CalendarChangeFlow.propose, change, by=by, at=at, key=key, keep=its_days)
