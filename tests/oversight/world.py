"""Late cases of several kinds for the tests of the Department's pages."""

import uuid
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from institutions.models import Agreement
from institutions.services.agreements import offer_agreement
from registry.models import Institution, Ngo, Type
from tests import factories as make
from tests.accounts.sessions import signed_in
from visits.models import Concern
from visits.services.concerns import say

# A Monday; the next day but one is a holiday.
MONDAY = datetime.fromisoformat("2026-11-02T09:00:00+03:00")
LONG_AGO = timedelta(days=60)


def long_ago() -> datetime:
    """An instant whose terms have all passed by now."""
    return timezone.now() - LONG_AGO


def told(at: datetime, institution: Institution | None = None, about: str = "answer") -> Concern:
    """Somebody told the Department; it has three working days."""
    make.department()
    volunteer = make.member(make.organisation("ngo"), Role.VOLUNTEER)
    return say(
        by=make.acting(volunteer),
        about=about,
        text="Никто не ответил",
        at=at,
        key=uuid.uuid4().hex,
        institution=institution,
    )


def offered(at: datetime, institution: Institution, ngo: Ngo | None = None) -> Agreement:
    """An NGO offered an agreement; the director has fourteen working days."""
    make.department()
    ngo = ngo or make.ngo()
    head = make.member(ngo.organisation, Role.HEAD)
    return offer_agreement(
        institution=institution,
        ngo=ngo,
        types=[Type.objects.get(code="T01").pk],
        from_on=at.date() + timedelta(days=60),
        through_on=at.date() + timedelta(days=300),
        by=make.acting(head),
        at=at,
        key=uuid.uuid4().hex,
    )


def of_the_department(role: Role = Role.CHIEF) -> User:
    """Somebody of the Department."""
    return make.member(make.department(), role)


def browser(person: User, language: str = "ru") -> Client:
    """Their browser, the second factor shown."""
    client = signed_in(person, "mfa")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client
