"""Writing down that volunteers were briefed on the risks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework import trail
from casework.engine import NOT_YOURS
from casework.models import Case
from casework.process import Objection, Refused
from institutions.models import Agreement, Briefed, Briefing
from institutions.queries.briefings import may_record, volunteers

AHEAD = Objection(
    "on",
    _("A briefing is written down after it was given."),
    _("Choose today or a day before."),
    field="on",
)
STRANGERS = Objection(
    "heard",
    _("Not everybody you chose was a volunteer of the NGO on that day."),
    _("Choose the people again, or another day."),
    field="heard",
)
TOO_FEW = Objection(
    "people",
    _("Fewer people were briefed than you named."),
    _("Write how many there were altogether."),
    field="people",
)


@dataclass(frozen=True)
class Given:
    """A briefing: when, about what, to how many altogether, and whom of them by name."""

    on: date
    topics: str
    people: int
    heard: Sequence[int] = ()


@transaction.atomic
def record(deal: Agreement, given: Given, *, by: Acting, at: datetime, key: str) -> Briefing:
    """Kept for good as it was written; the same key gives the same briefing. Raises Refused."""
    Case.objects.select_for_update(of=("self",)).get(pk=deal.pk)
    if not may_record(by, deal) or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    full_key = f"{by.user.pk}:{key}"
    if earlier := Briefing.objects.filter(key=full_key).first():
        return earlier
    _judge(deal, given, at)
    made: Briefing = deal.briefings.create(
        on=given.on,
        topics=given.topics,
        people=given.people,
        by=by.user,
        recorded_at=at,
        key=full_key,
    )
    Briefed.objects.bulk_create(Briefed(briefing=made, person_id=one) for one in set(given.heard))
    trail.record(
        tenant=deal.institution_id,
        actor=by.user.pk,
        action="agreement.briefing",
        subject=f"case:{deal.pk}",
        values=f"{given.on}|{given.people}|{given.topics}",
    )
    return made


def _judge(deal: Agreement, given: Given, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(deal.institution.organisation.zone)).date()
    named = set(given.heard)
    known = volunteers(deal.ngo_id, given.on).filter(pk__in=named).count()
    found = []
    if given.on > today:
        found.append(AHEAD)
    if known < len(named):
        found.append(STRANGERS)
    if given.people < len(named):
        found.append(TOO_FEW)
    if found:
        raise Refused(*found)
