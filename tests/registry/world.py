"""A small register for the tests, and files to fill it from."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponse

from accounts.models import Organisation
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
from registry.queries import approved_types

SAMPLES = Path(__file__).resolve().parents[2] / "registry" / "samples"
TODAY = date(2026, 11, 23)
THREE_YEARS = DateRange(date(2025, 1, 1), date(2028, 1, 1))


def institution(
    name: str = "ГБУ ЦССВ «Липовая аллея»",
    *,
    kind: str = "C",
    district: str = "Марфино",
    ref: str = "inst-1",
    **facts: object,
) -> Institution:
    organisation = Organisation.objects.create(
        ref=ref, kind="institution", name=f"ГБУ города Москвы {name}", short_name=name
    )
    made = Institution.objects.create(
        organisation=organisation, kind=Kind.objects.get(code=kind), **facts
    )
    Site.objects.create(
        institution=made, name="Основное здание", district=District.objects.get(name=district)
    )
    return made


def ngo(
    name: str = "АНО «Шаг за ворота»",
    *,
    ref: str = "ngo-1",
    during: DateRange | None = THREE_YEARS,
    allowed: Sequence[tuple[str, str]] = (("T01", "C"), ("T07", "C"), ("T07", "R")),
) -> Ngo:
    organisation = Organisation.objects.create(
        ref=ref, kind="ngo", name=f"Автономная организация {name}", short_name=name
    )
    made = Ngo.objects.create(organisation=organisation)
    if during is not None:
        registration = Registration.objects.create(
            ngo=made, number=f"НКО-2025-{made.pk:04}", during=during
        )
        for type_code, kind_code in allowed:
            approve(registration, type_code, kind_code)
    return made


def approve(registration: Registration, type_code: str, kind_code: str) -> None:
    Approved.objects.create(
        registration=registration,
        type=Type.objects.get(code=type_code),
        kind=Kind.objects.get(code=kind_code),
    )


INSTITUTIONS = (
    "№ п/п",
    "Полное наименование",
    "Краткое наименование",
    "Вид учреждения",
    "ИНН",
    "ОГРН",
    "Округ",
    "Район",
    "Телефон",
    "Число мест",
)
NGOS = (
    "№ п/п",
    "Полное наименование",
    "ИНН",
    "ОГРН",
    "Виды взаимодействия",
    "Дата регистрации",
    "Действует до",
)


def words(answer: HttpResponse) -> str:
    """A page that answered well, with every blank an ordinary one."""
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def ogrn(number: int) -> str:
    twelve = f"10277{number:07}"
    return twelve + str(int(twelve) % 11 % 10)


def inn(number: int) -> str:
    nine = f"77{number:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return nine + str(sum(int(d) * w for d, w in zip(nine, weights, strict=True)) % 11 % 10)


def institution_line(n: int, **changes: str) -> list[str]:
    line = dict(
        zip(
            INSTITUTIONS,
            (
                str(n),
                f"Центр «Дом {n}»",
                f"ЦССВ «Дом {n}»",
                "ЦССВ",
                inn(n),
                ogrn(n),
                "СВАО",
                "Марфино",
                "8 495 000 00 01",
                "40",
            ),
            strict=True,
        )
    )
    return list((line | changes).values())


def ngo_line(n: int, **changes: str) -> list[str]:
    values = (str(n), f"Фонд {n}", inn(n), ogrn(n), "T01; T02", "01.02.2025", "31.01.2028")
    return list((dict(zip(NGOS, values, strict=True)) | changes).values())


def as_csv(*lines: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines)
    return out.getvalue().encode()


def covers(ngo: int, code: str, kind: str, on: date, house: Institution | None = None) -> bool:
    """Whether the registration lets this NGO do this in institutions of this kind, or in one."""
    allowed = approved_types(ngo, on, institution_id=house.pk if house else None)
    return kind in allowed.get(code, [])
