"""The register: the Department, institutions with their sites, NGOs with their registrations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from benchmarks.fill.names import name
from registry.models import (
    Approved,
    District,
    Institution,
    Kind,
    Ngo,
    Registration,
    Site,
    Type,
)

CHUNK = 2_000
HOUSES_EVERY = 4  # one institution to three NGOs
TYPES = ("T01", "T05", "T08")
PERIOD = DateRange(date(2025, 1, 1), date(2035, 1, 1))


@dataclass(frozen=True)
class Ground:
    """What visits stand on: `houses` are institutions for children, with their sites."""

    department: Organisation
    houses: Sequence[Institution]
    ngo: Ngo


def register(size: int) -> Ground:
    """So many organisations, of which every fourth is an institution."""
    rows = Organisation.objects.bulk_create((_organisation(n) for n in range(size)), CHUNK)
    institutions = [one for one in rows if one.kind == OrganisationKind.INSTITUTION]
    ngos = [one for one in rows if one.kind == OrganisationKind.NGO]
    houses = _institutions(institutions)
    return Ground(
        department=Organisation.objects.create(
            ref="department",
            kind=OrganisationKind.DEPARTMENT,
            name="Департамент",
            short_name="Департамент",
        ),
        houses=[one for one in houses if one.kind.code == "C"],
        ngo=_ngos(ngos)[0],
    )


def _organisation(number: int) -> Organisation:
    house = number % HOUSES_EVERY == 0
    kind = OrganisationKind.INSTITUTION if house else OrganisationKind.NGO
    form = "Государственное учреждение" if house else "Общественная организация"
    return Organisation(
        ref=f"{kind}-{number}",
        kind=kind,
        name=f"{form} «{name(number)}»",
        short_name=name(number),
        ogrn=f"{1_000_000_000_000 + number}",
        inn=f"{7_700_000_000 + number}",
    )


def _institutions(organisations: Sequence[Organisation]) -> list[Institution]:
    kinds, districts = list(Kind.objects.order_by("code")), list(District.objects.order_by("pk"))
    made = Institution.objects.bulk_create(
        (
            Institution(organisation=one, kind=kinds[n % len(kinds)], beds=60)
            for n, one in enumerate(organisations)
        ),
        CHUNK,
    )
    sites = (
        Site(
            institution=one,
            name="Главный корпус",
            district=districts[n % len(districts)],
            address="улица, дом",
        )
        for n, one in enumerate(made)
    )
    Site.objects.bulk_create(sites, CHUNK)
    return list(made)


def _ngos(organisations: Sequence[Organisation]) -> list[Ngo]:
    kind = Kind.objects.get(code="C")
    types = list(Type.objects.filter(code__in=TYPES).order_by("code"))
    made = Ngo.objects.bulk_create((Ngo(organisation=one) for one in organisations), CHUNK)
    registrations = Registration.objects.bulk_create(
        (Registration(ngo=one, number=f"НКО-2025-{one.pk}", during=PERIOD) for one in made), CHUNK
    )
    Approved.objects.bulk_create(
        (
            Approved(registration=one, type=what, kind=kind)
            for n, one in enumerate(registrations)
            for what in (types if not n else types[:1])
        ),
        CHUNK,
    )
    return list(made)
