"""An NGO that applies, what it types, and the people who decide on it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Notice
from casework.process import Refused
from registry import applying
from registry.applying import Draft
from registry.flows import RegistrationFlow
from registry.models import Application, Kind, Ngo, Type
from tests import factories as make
from tests import uploads
from tests.accounts.sessions import signed_in
from tests.registry.world import inn, ogrn

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ON = NOW.date()


def pair(type_code: str, kind_code: str) -> tuple[int, int]:
    return Type.objects.get(code=type_code).pk, Kind.objects.get(code=kind_code).pk


def key(type_code: str, kind_code: str) -> str:
    return "-".join(map(str, pair(type_code, kind_code)))


def full_draft() -> Draft:
    wanted = [pair("T01", "C"), pair("T07", "C"), pair("T07", "R")]
    return Draft("Пять лет в двух центрах", "Правила и куратор", "Курс на 16 часов", wanted)


@dataclass
class Applicant:
    """An NGO with its head and an application that says everything."""

    ngo: Ngo
    head: Acting
    application: Application

    def submit(self, at: datetime = NOW, key: str = "submit") -> None:
        RegistrationFlow.submit(self.application, by=self.head, at=at, key=key)

    def state(self) -> str:
        self.application.case.refresh_from_db()
        return self.application.case.state


def applicant(name: str = "Шаг за ворота", number: int = 1, at: datetime = NOW) -> Applicant:
    make.department()
    organisation = make.organisation("ngo", name)
    organisation.ogrn, organisation.inn = ogrn(number), inn(number)
    organisation.save()
    ngo = Ngo.objects.create(organisation=organisation, applicant=True)
    head = make.acting(make.member(organisation, Role.HEAD))
    application = applying.begin(ngo, by=head.user, at=at)  # type: ignore[arg-type]
    applying.save(application, full_draft())
    uploads.hand_in(application, head.user, at)  # type: ignore[arg-type]
    application.refresh_from_db()
    return Applicant(ngo, head, application)


def registrar() -> Acting:
    return make.acting(make.registrar())


def commissioner() -> Acting:
    """Somebody of the appeals commission."""
    return make.acting(make.member(make.department(), Role.COMMISSIONER))


def registered(by: tuple[Acting, Acting], at: datetime = NOW, **kwargs: object) -> Applicant:
    """An NGO that walked all the way, for everything it asked for."""
    made = applicant(at=at, **kwargs)  # type: ignore[arg-type]
    made.submit(at)
    first, second = by
    RegistrationFlow.complete(made.application, by=first, at=at, key="complete")
    granted = [key("T01", "C"), key("T07", "C"), key("T07", "R")]
    RegistrationFlow.register(made.application, by=second, at=at, key="reg", granted=granted)
    made.application.refresh_from_db()
    return made


def in_review(ngo: Applicant, by: Acting) -> None:
    """The NGO sends its application, and somebody finds it complete."""
    ngo.submit()
    RegistrationFlow.complete(ngo.application, by=by, at=NOW, key="complete")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Why it was refused."""
    return [one.code for one in refused.value.objections]


def kinds() -> list[str]:
    """Everything that was told, in its order."""
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def form(number: int = 1, **changes: str) -> dict[str, str]:
    """Everything the first page asks an NGO for, but for these changes."""
    typed = {
        "name": "Благотворительный фонд «Рядом»",
        "short_name": f"БФ «Рядом {number}»",
        "ogrn": ogrn(number),
        "inn": inn(number),
        "form": "фонд",
        "head_name": "Анна Рябова",
        "email": f"anna{number}@example.org",
        "consent": "on",
    }
    return typed | changes


def browser(who: Acting) -> Client:
    return signed_in(who.user, "mfa")  # type: ignore[arg-type]
