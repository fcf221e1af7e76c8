"""An NGO that applies, and the people who decide on it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from accounts.hats import Acting
from accounts.roles import Role
from registry import applying
from registry.applying import Draft
from registry.flows import RegistrationFlow
from registry.models import Application, Kind, Ngo, Type
from tests import factories as make
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
    application.refresh_from_db()
    return Applicant(ngo, head, application)


def registrar() -> Acting:
    return make.acting(make.registrar())


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
