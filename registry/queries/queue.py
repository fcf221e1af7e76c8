"""The Department's queue of what NGOs ask for: applications, changes, appeals."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.hats import Acting
from casework.lateness import late
from casework.models import Case, Decision, Term
from casework.queries import cases_visible_to
from registry.queries.applications import WAITING

DETAIL = {"registration": "application", "ngo_change": "ngochange", "appeal": "appeal"}
STATES = {"registration": WAITING, "ngo_change": ("filed",), "appeal": ("filed",)}


def waiting(acting: Acting) -> QuerySet[Case, Any]:
    """Cases somebody has to move, the most overdue first, each with its `running` terms, and with
    whether whoever looks decided it before (`other_eyes`).
    """
    open_terms = Term.objects.filter(stopped_at__isnull=True)
    due = open_terms.filter(case=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    mine = Decision.objects.filter(actor=acting.user.pk)
    anew = Q(case=OuterRef("application__appeal__against"))
    anew |= Q(case=OuterRef("ngochange__appeal__against"))
    before = Exists(mine.filter(case=OuterRef("appeal__against")))
    return (
        _to_move(acting)
        .select_related("owner", "asker", *DETAIL.values())
        .prefetch_related(Prefetch("terms", open_terms.order_by("due_at"), "running"))
        .annotate(due=Subquery(due), other_eyes=before | Exists(mine.filter(anew, settles=True)))
        .order_by("due", "pk")
    )


def how_many_late(acting: Acting, at: datetime) -> int:
    """How many of them have a term that has passed."""
    passed = Term.objects.filter(late(at), case__in=_to_move(acting))
    return passed.values("case").distinct().count()


def _to_move(acting: Acting) -> QuerySet[Case, Any]:
    waits = Q()
    for kind, states in STATES.items():
        waits |= Q(kind=kind, state__in=states)
    return cases_visible_to(acting).filter(waits)
