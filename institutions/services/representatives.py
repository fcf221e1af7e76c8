"""Naming who answers for a side under an agreement."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework import trail
from casework.engine import NOT_YOURS
from casework.models import Case
from casework.process import Objection, Refused
from institutions.models import Agreement, Representative
from institutions.queries.representatives import may_name, possible

NOT_OURS = Objection(
    "person",
    _("This person does not speak for your side today."),
    _("Choose somebody of the list."),
    field="person",
)


@transaction.atomic
def name(deal: Agreement, person_id: int, *, by: Acting, at: datetime) -> Representative:
    """This person answers for the side of `by` from today on, instead of whoever did.

    Naming whoever answers already changes nothing. Raises Refused.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=deal.pk)
    side = by.organisation
    if side is None or not may_name(by, deal) or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    on = at.astimezone(ZoneInfo(deal.institution.organisation.zone)).date()
    person = possible(side, on).filter(pk=person_id).first()
    if person is None:
        raise Refused(NOT_OURS)
    before = deal.representatives.filter(side=side, withdrawn_at=None, during__upper_inf=True)
    for one in before:
        if one.person_id == person.pk:
            return one
        _end(one, at, DateRange(one.during.lower, on))
    made = deal.representatives.create(
        side=side, person=person, during=DateRange(on, None), named_by=by.user, named_at=at
    )
    trail.record(
        tenant=deal.institution_id,
        actor=by.user.pk,
        action="agreement.representative",
        subject=f"case:{deal.pk}",
        values=f"{side.pk}|{person.pk}|{on}",
    )
    return made


def _end(one: Representative, at: datetime, until: DateRange) -> None:
    """From today somebody else answers; whoever was named today never did."""
    if until.lower == until.upper:
        one.withdrawn_at = at
    else:
        one.during = until
    one.save(update_fields=["withdrawn_at", "during"])
