"""What waits for a checker of the Department, as the menu and the tabs of their pages count it."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.hats import Acting
from casework.models import Case

OF_TAB = {
    "vetting": Q(kind="outcome", state="waiting_second"),
    "bars": Q(kind="bar", state__in=("reported", "proposed", "removal"))
    | Q(kind="likeness", state="waiting"),
    "bank": Q(kind="question_change", state="proposed"),
}


def waiting(acting: Acting) -> QuerySet[Case, Any]:
    """Checks, bars, comparisons and questions that wait, but for the reader's own."""
    anything = Q()
    for one in OF_TAB.values():
        anything |= one
    return Case.objects.filter(anything).exclude(opened_by=acting.user.pk)


def by_tab(acting: Acting) -> dict[str, int]:
    """How many wait on each page of checks: one query."""
    counts = {tab: Count("pk", filter=of_it) for tab, of_it in OF_TAB.items()}
    return waiting(acting).aggregate(**counts)
