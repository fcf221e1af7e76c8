"""The stage of the rehearsal: who is who, what is where, and the next form's key."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from accounts.hats import Acting, acting_as
from accounts.models import Organisation, User
from demo.agenda import Agenda
from demo.days import Days
from demo.people import DOMAINS
from registry.models import Institution, Ngo, Site, TypeVersion
from volunteers.models import Requirement, Volunteer

WEEKS = 13


class Stage:
    """Everything the acts share. `weeks` is for how long the weekly visits have been going on."""

    def __init__(
        self, now: datetime, *, weeks: int = WEEKS, say: Callable[[str], object] = lambda text: None
    ) -> None:
        """An empty stage as of this moment."""
        self.days = Days.around(now)
        self.agenda = Agenda(self.days.now, say)
        self.weeks = weeks
        self.chance = Random(20150209)  # noqa: S311  (the same life every time)
        self.refused: list[str] = []
        self.leaders: dict[str, str] = {}
        self._keys = count(1)
        self._kept: dict[tuple[str, ...], Any] = {}

    def key(self) -> str:
        """A form's key that nobody has used."""
        return f"rehearsal-{next(self._keys)}"

    def _keep(self, *name: str, find: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = find()
        return self._kept[name]

    def organisation(self, ref: str) -> Organisation:
        """An organisation by its reference."""
        found: Organisation = self._keep(
            "organisation", ref, find=lambda: Organisation.objects.get(ref=ref)
        )
        return found

    def institution(self, ref: str) -> Institution:
        """An institution by its reference."""
        related = Institution.objects.select_related("organisation", "kind")
        found: Institution = self._keep(
            "institution", ref, find=lambda: related.get(organisation__ref=ref)
        )
        return found

    def site(self, ref: str) -> Site:
        """The one site of an institution."""
        related = Site.objects.select_related("institution__organisation", "institution__kind")
        found: Site = self._keep(
            "site", ref, find=lambda: related.get(institution__organisation__ref=ref)
        )
        return found

    def ngo(self, ref: str) -> Ngo:
        """An NGO by its reference."""
        related = Ngo.objects.select_related("organisation")
        found: Ngo = self._keep("ngo", ref, find=lambda: related.get(organisation__ref=ref))
        return found

    def person(self, key: str) -> User:
        """Somebody by the part of their address before the sign."""
        emails = [f"{key}@{domain}" for domain in DOMAINS]
        found: User = self._keep("person", key, find=lambda: User.objects.get(email__in=emails))
        return found

    def volunteer(self, key: str) -> Volunteer:
        """The same person's profile as a volunteer."""
        related = Volunteer.objects.select_related("person")
        found: Volunteer = self._keep(
            "volunteer", key, find=lambda: related.get(person=self.person(key))
        )
        return found

    def acting(self, key: str, ref: str = "") -> Acting:
        """Somebody in their hat of this organisation, or in their first."""
        found: Acting = self._keep("acting", key, ref, find=lambda: self._acting(key, ref))
        return found

    def leads(self, key: str, ref: str) -> None:
        """From now on somebody leads there; their hat of before is put away."""
        self.leaders[ref] = key
        self._kept.pop(("acting", key, ref), None)

    def version(self, code: str) -> TypeVersion:
        """The version of an interaction type that is in force."""
        related = TypeVersion.objects.in_force(self.days.today).select_related("type")
        found: TypeVersion = self._keep("type", code, find=lambda: related.get(type__code=code))
        return found

    def requirement(self, code: str) -> Requirement:
        """A requirement by its code."""
        found: Requirement = self._keep(
            "requirement", code, find=lambda: Requirement.objects.get(code=code)
        )
        return found

    def _acting(self, key: str, ref: str) -> Acting:
        person = self.person(key)
        hats = person.memberships.filter(during__contains=self.days.today)
        hat = hats.filter(organisation__ref=ref).values_list("pk", flat=True).first()
        return acting_as(person, hat, self.days.today)
