"""Reporting a change of head or charter: the case is opened and sent in one go."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework.calendar import FIRST_YEAR, working_calendar
from casework.engine import NOT_YOURS, USED_KEY, open_case, retried
from casework.models import Decision
from casework.parameters import rules_on
from casework.process import Objection, Refused
from registry.applying import department
from registry.flows import ChangeFlow
from registry.models import Ngo, NgoChange

OPEN = Objection(
    "open",
    _("Another change of your NGO is being checked."),
    _("Wait for it, or withdraw it."),
)


@dataclass(frozen=True)
class Report:
    """What the NGO is called, who heads it and how it is reached, since when, on what paper."""

    name: str
    short_name: str
    form: str
    head_name: str
    phone: str
    email: str
    site_url: str
    since_on: date
    why: str


def report(told: Report, *, by: Acting, at: datetime, key: str) -> NgoChange:
    """Report a change; the same key gives the same one. Raises Refused with every reason."""
    user, mine = by.user, by.organisation
    if mine is None or not isinstance(user, User):
        raise Refused(NOT_YOURS)

    def once() -> NgoChange:
        kept = Ngo.objects.select_for_update(of=("self",)).select_related("organisation")
        ngo = kept.filter(pk=mine.pk).first()
        if ngo is None:
            raise Refused(NOT_YOURS)
        if earlier := Decision.objects.filter(key=f"{user.pk}:{key}").first():
            return _again(earlier, told)
        if open_change(ngo.pk) is not None:
            raise Refused(OPEN)
        owner = department()
        on = at.astimezone(ZoneInfo(owner.zone)).date()
        case = open_case(ChangeFlow, owner=owner, asker=ngo.organisation, by=user, at=at)
        due_on = last_day(told.since_on, on)
        change = NgoChange.objects.create(
            case=case, ngo=ngo, was=said(ngo), due_on=due_on, late=on > due_on, **vars(told)
        )
        ChangeFlow.file(change, by=by, at=at, key=key, opened=True)
        return change

    return retried(once)


def open_change(ngo: int) -> NgoChange | None:
    """The change of this NGO that is being checked; there is never more than one."""
    return NgoChange.objects.filter(ngo=ngo, closed_at=None).select_related("case").first()


def said(ngo: Ngo) -> dict[str, str]:
    """What the register says of an NGO now."""
    found = {"name": ngo.organisation.name, "short_name": ngo.organisation.short_name}
    rest = ("form", "head_name", "phone", "email", "site_url")
    return found | {name: getattr(ngo, name) for name in rest}


def last_day(since: date, on: date) -> date:
    """Until when a change that holds since that day is reported in time."""
    rules = rules_on(on)
    calendar = working_calendar(rules.calendar)
    # What is older than the calendar is late by any count; what is to come is refused.
    begun = min(max(since, date(FIRST_YEAR, 1, 1)), on)
    return calendar.due(begun, rules.number("change.report"))


def _again(earlier: Decision, told: Report) -> NgoChange:
    known = {one.name: getattr(told, one.name) for one in fields(told)}
    found = NgoChange.objects.filter(pk=earlier.case_id, **known).select_related("case").first()
    if found is None:
        raise Refused(USED_KEY)
    return found
