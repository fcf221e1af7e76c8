"""What must stay although its time is over: an open case concerns the person."""

from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from casework.models import Case, Concerned
from casework.queries import UNSENT
from visits.models import Participation
from volunteers.models import Bar, Likeness, PersonSuspension

M = TypeVar("M", bound=Model)
# A request about one's own data does not stand in its own way.
OWN = "data_request"
TOLD = "concern"


def open_cases() -> QuerySet[Case, Any]:
    """Cases that are not over; a check that is valid waits for nothing but its own end."""
    valid = Q(kind="outcome", state="valid")
    return Case.objects.filter(closed_at=None).exclude(valid | Q(kind=OWN) | Q(state__in=UNSENT))


def is_held(person: str) -> Q:
    """Rows whose person (the path to their key) an open case concerns."""
    who = OuterRef(person)
    concerned = Concerned.objects.filter(person=who, case__in=open_cases())
    told = open_cases().filter(opened_by=who, kind=TOLD)
    coming = Participation.objects.filter(volunteer=who, active=True)
    barred = Bar.objects.filter(volunteer=who, stands=True)
    halting = [
        Q(Exists(model.objects.filter(volunteer=who, case__in=open_cases())))
        for model in (Likeness, PersonSuspension)
    ]
    found = (Q(Exists(rows)) for rows in (concerned, told, coming, barred))
    return reduce(or_, [*found, *halting])


def free(rows: QuerySet[M, M], person: str) -> QuerySet[M, M]:
    """Of these rows those that no open case holds."""
    return rows.exclude(is_held(person))
