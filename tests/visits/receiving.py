"""A house that receives: its people, an agreement, times, and visits that were asked for."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from institutions.models import Slot
from registry.models import Ngo
from tests import factories
from tests.institutions import doing
from tests.volunteers import making
from visits.flows import VisitFlow
from visits.models import Visit
from visits.services.booking import book
from volunteers.models import Volunteer

NOON = datetime(2026, 7, 8, 12, tzinfo=doing.MOSCOW)  # a Wednesday
TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)
_keys = itertools.count(1)


def at(hour: int, minute: int = 0, on: date = TOMORROW) -> datetime:
    """A moment in Moscow, tomorrow unless said otherwise."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=doing.MOSCOW)


def house(kind: str = "C", **mode: Any) -> SimpleNamespace:
    """An institution with a mode of Thursdays at 11 and 16, an NGO that agreed, their people."""
    institution, ngo = factories.institution(kind=kind), factories.ngo(types=("T01", "T05", "T08"))
    site = institution.sites.get()
    department = factories.department()
    cast = SimpleNamespace(
        house=institution,
        site=site,
        ngo=ngo,
        director=factories.member(institution.organisation, Role.DIRECTOR),
        desk=factories.member(institution.organisation, Role.DESK),
        gate=factories.member(institution.organisation, Role.GATE),
        coordinator=factories.member(ngo.organisation, Role.COORDINATOR),
        head=factories.member(ngo.organisation, Role.HEAD),
        officer=factories.member(department, Role.REGISTRAR),
    )
    windows = [doing.window(3, 11, 13, 30), doing.window(3, 16, 18, 30)]
    if mode.get("instant"):
        mode.setdefault("supervisor", cast.desk.pk)
    doing.declare(site, at=NOON, windows=windows, notice_hours=1, **mode)
    types = [doing.type_(code) for code in ("T01", "T05", "T08")]
    limits = {"visits_a_week": 60, "people_a_visit": 10}
    doing.agree(cast, at=NOON, types=types, **limits)
    return cast


def helper(cast: SimpleNamespace, name: str = "Мария", *, tier: str = "V2") -> Volunteer:
    """Somebody of the NGO, cleared for this tier here; an empty tier leaves them without."""
    who = making.volunteer(cast.ngo.organisation, name=name)
    if tier:
        making.clear(who, tier, institution=cast.house, on=TODAY)
    return who


def slot(cast: SimpleNamespace, hour: int = 11, on: date = TOMORROW) -> Slot:
    """The time that begins at this hour."""
    return Slot.objects.get(site=cast.site, during__startswith=at(hour, on=on))


def request(
    cast: SimpleNamespace,
    *people: Volunteer,
    code: str = "T01",
    hour: int = 11,
    on: date = TOMORROW,
) -> Visit:
    """A visit that the NGO's coordinator asked for."""
    made = book(
        by=factories.acting(cast.coordinator, TODAY, Role.COORDINATOR),
        slot=slot(cast, hour, on),
        ngos=[cast.ngo.pk],
        type_id=doing.type_(code),
        people=[one.person.pk for one in people],
        programme="Читаем вслух",
        at=NOON,
        key=key(),
    )
    return again(made)


def approve(cast: SimpleNamespace, visit: Visit, *, by: str = "director") -> Visit:
    """The institution agrees; the desk is with the visitors."""
    who = factories.acting(getattr(cast, by), TODAY, by)
    VisitFlow.approve(visit, by=who, at=NOON, key=key(), supervisor=str(cast.desk.pk), reason="")
    return again(visit)


def booked(cast: SimpleNamespace, *people: Volunteer, **when: Any) -> Visit:
    """A visit that was asked for and approved."""
    return approve(cast, request(cast, *people, **when))


def again(visit: Visit) -> Visit:
    """The visit as it stands now."""
    return Visit.objects.select_related("case", *VisitFlow.related).get(pk=visit.pk)


def key() -> str:
    return f"key-{next(_keys)}"


def signed_in(person: User, language: str = "en") -> Client:
    """A browser of this person, proved by a second factor."""
    person.language = language
    person.save(update_fields=["language"])
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def words(answer: HttpResponse) -> str:
    """The page with its spaces evened out, entities read."""
    text = answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    return " ".join(text.replace("&#x27;", "'").split())


def speaking_for(ngo: Ngo) -> list[User]:
    """Everybody who coordinates for this NGO or leads it."""
    roles = (Role.COORDINATOR, Role.HEAD)
    return list(
        User.objects.filter(
            memberships__organisation=ngo.pk, memberships__role__in=roles
        ).distinct()
    )


def told(visit: Visit, kind: str) -> list[int]:
    """Who heard this of the visit."""
    return sorted(visit.case.notices.filter(kind=kind).values_list("person", flat=True))


def ids(people: Sequence[User]) -> list[int]:
    return sorted(one.pk for one in people)
