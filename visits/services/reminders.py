"""Reminders before a visit: once for each visit, however often the job runs."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from casework.parameters import rules_on
from casework.parties import people_concerned
from casework.telling import tell
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Visit
from visits.parties import desk


def remind(at: datetime, *, most: int = 200) -> int:
    """Tell everybody who is expected soon; how many visits were told of."""
    soon = at + timedelta(hours=rules_on(at.date()).number("visit.remind"))
    waiting = Visit.objects.filter(
        case__state=S.APPROVED,
        reminded_at__isnull=True,
        during__startswith__gt=at,
        during__startswith__lte=soon,
    )
    return sum(_remind(pk, at) for pk in waiting.values_list("pk", flat=True)[:most])


def _remind(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        # A second worker skips the row, or finds it reminded.
        found = Visit.objects.select_for_update(of=("self",), skip_locked=True)
        visit = found.filter(pk=pk, reminded_at__isnull=True).first()
        if visit is None:
            return False
        visit = Visit.objects.select_related(*VisitFlow.related).get(pk=pk)
        visit.reminded_at = at
        visit.save(update_fields=["reminded_at"])
        coming = visit.participations.filter(coming=True).values("volunteer")
        comers = people_concerned.people(visit, at.date()).filter(pk__in=coming)
        staff = desk.people(visit, at.date())
        tell(
            User.objects.filter(Q(pk__in=comers.values("pk")) | Q(pk__in=staff.values("pk"))),
            kind="visit_reminder",
            values=VisitFlow.facts(visit),
            at=at,
            key=f"visit_reminder:{pk}",
            case=visit.case,
        )
    return True
