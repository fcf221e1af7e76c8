"""Changes of the calendar as tests propose and confirm them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from casework.calendar import working_calendar
from casework.flows import CalendarChangeFlow as Flow
from casework.models import CalendarChange, CalendarYear
from casework.services.calendar import Wanted, propose

NOW = datetime(2026, 6, 8, 12, tzinfo=ZoneInfo("Europe/Moscow"))  # a Monday; Friday is a holiday
THURSDAY, HOLIDAY, SATURDAY = date(2026, 6, 11), date(2026, 6, 12), date(2026, 6, 13)
DAY = timedelta(days=1)


def wanted(days: Mapping[date, bool], **fields: Any) -> Wanted:
    act = {"decreed": True, "based_on": working_calendar().version}
    return Wanted(days=days, **act | {"act_number": "812", "act_on": date(2026, 6, 5)} | fields)


def proposed(by: Acting, days: Mapping[date, bool], **fields: Any) -> CalendarChange:
    year = CalendarYear.objects.get(pk=fields.pop("year", 2026))
    key = fields.pop("key", "propose")
    return propose(year, wanted(days, **fields), by=by, at=NOW, key=key)


def confirm(change: CalendarChange, by: Acting, at: datetime = NOW) -> CalendarChange:
    Flow.confirm(change, by=by, at=at, key=f"confirm-{change.pk}")
    return CalendarChange.objects.get(pk=change.pk)
