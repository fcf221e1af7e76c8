"""Saying in good time that something ends: 60, 30, 14 and 7 days before, once each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.permissions import Permission
from accounts.roles import Role
from casework.models import Notice
from casework.parameters import rules_on
from casework.parties import holders
from casework.telling import tell
from volunteers.models import Outcome
from volunteers.queries.partners import partners_of
from volunteers.queries.people import ending

LEADS = (30, 14, 7)  # after the first warning, whose lead is a rule parameter


@dataclass(frozen=True)
class Ending:
    """An outcome that ends, and the lead that has come."""

    outcome: Outcome
    through: date
    lead: int

    @property
    def key(self) -> str:
        """Once per outcome and lead."""
        return f"clearance_expiring:{self.outcome.pk}:{self.lead}"

    def values(self) -> dict[str, Any]:
        """What the letters say, in no language."""
        return {
            "person": str(self.outcome.volunteer),
            "requirement_ru": self.outcome.requirement.name_ru,
            "requirement_en": self.outcome.requirement.name_en,
            "institution": str(self.outcome.institution or ""),
            "valid_through": self.through.isoformat(),
        }


@transaction.atomic
def warn_expiring(at: datetime) -> int:
    """Tell volunteers of what ends for them, and each NGO's coordinators once a day of all of it.

    Safe to call at any time and as often as one likes; how many notices were new.
    """
    on = timezone.localdate(at)
    new = _untold(on)
    told = sum(_tell_volunteer(one, at) for one in new)
    return told + sum(_tell_ngo(ngo, new, on, at) for ngo in _ngos(new, on))


def _untold(on: date) -> list[Ending]:
    leads = sorted({rules_on(on).number("vetting.warn"), *LEADS})
    found = ending(on, max(leads)).select_related(
        "requirement", "volunteer", "institution__organisation", "case"
    )
    endings = [
        Ending(one, one.valid_through, _lead(one.valid_through, on, leads))
        for one in found.order_by("valid_through", "pk")
        if one.valid_through
    ]
    keys = {f"{one.key}:{one.outcome.volunteer_id}" for one in endings}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    return [one for one in endings if f"{one.key}:{one.outcome.volunteer_id}" not in known]


def _lead(through: date, on: date, leads: Iterable[int]) -> int:
    return next(lead for lead in leads if (through - on).days <= lead)


def _tell_volunteer(one: Ending, at: datetime) -> int:
    values = one.values() | {"link": reverse("clearance")}
    person = User.objects.filter(pk=one.outcome.volunteer_id)
    return tell(person, kind="clearance_expiring", values=values, at=at, key=one.key)


def _ngos(new: list[Ending], on: date) -> list[Organisation]:
    people = {one.outcome.volunteer_id for one in new}
    memberships = Membership.objects.filter(
        person__in=people, role=Role.VOLUNTEER, during__contains=on
    )
    ngos = memberships.values("organisation")
    return list(Organisation.objects.filter(pk__in=ngos).order_by("pk")) if people else []


def _tell_ngo(ngo: Organisation, new: list[Ending], on: date, at: datetime) -> int:
    readable = Outcome.objects.filter(
        partners_of(ngo.pk),
        pk__in=[one.outcome.pk for one in new],
        volunteer__memberships__organisation=ngo,
        volunteer__memberships__role=Role.VOLUNTEER,
        volunteer__memberships__during__contains=on,
    )
    keys = set(readable.values_list("pk", flat=True))
    mine = [one.values() for one in new if one.outcome.pk in keys]
    if not mine:
        return 0
    values = {"endings": mine, "link": f"{reverse('people')}?days={max(LEADS)}"}
    key = f"clearance_expiring_ngo:{ngo.pk}:{on}"
    return tell(
        _coordinators(ngo, on), kind="clearance_expiring_ngo", values=values, at=at, key=key
    )


def _coordinators(ngo: Organisation, on: date) -> QuerySet[User, Any]:
    return User.objects.filter(
        is_active=True,
        memberships__organisation=ngo,
        memberships__role__in=holders(Permission.COORDINATE),
        memberships__during__contains=on,
    ).distinct()
