"""What the migrations bring, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from registry import queries
from registry.models import District, Kind, Okrug, ProcedureStep, Type, TypeVersion

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_migrations_bring_the_register() -> None:
    assert Okrug.objects.count() == 12
    assert District.objects.count() == 146
    assert sorted(Kind.objects.values_list("code", flat=True)) == sorted("CDRFPEA")
    assert [v["code"] for v in queries.catalogue(TODAY)] == [f"T{n:02}" for n in range(1, 21)]


@pytest.mark.parametrize("code", ["T07", "T08", "T09"])
def test_accompaniment_has_a_procedure(code: str) -> None:
    steps = queries.procedure_in_force(code, TODAY)
    assert [step["n"] for step in steps] == list(range(1, 12))


def test_other_types_have_none() -> None:
    assert queries.procedure_in_force("T01", TODAY) == []


@pytest.mark.parametrize("model", [Okrug, Kind, TypeVersion, ProcedureStep])
def test_every_text_exists_in_both_languages(model: type) -> None:
    fields = [f.name for f in model._meta.fields if f.name.endswith(("_ru", "_en"))]  # type: ignore[attr-defined]
    for row in model.objects.values(*fields):  # type: ignore[attr-defined]
        assert all(row.values())


def test_catalogue_speaks_the_readers_language() -> None:
    names = {}
    for language in ("ru", "en"):
        with translation.override(language):
            version = queries.type_in_force("T03", TODAY)
            assert version is not None
            names[language] = version["name"]
    assert names == {"ru": "Индивидуальное наставничество", "en": "Individual mentoring"}


def copy_of_t01(**changes: object) -> TypeVersion:
    version = TypeVersion.objects.get(type__code="T01")
    version.pk, version._state.adding = None, True
    version.number = 2
    version.type = Type.objects.create(code="T99")
    for field, value in changes.items():
        setattr(version, field, value)
    return version


def test_overlapping_versions_of_a_type_are_refused() -> None:
    t01 = Type.objects.get(code="T01")
    later = copy_of_t01(type=t01, during=DateRange(TODAY, None))
    with pytest.raises(IntegrityError, match="type_version_one_at_a_time"):
        later.save()


def test_versions_may_touch_because_periods_are_half_open() -> None:
    t01 = Type.objects.get(code="T01")
    TypeVersion.objects.filter(type=t01).update(during=DateRange(date(2024, 1, 1), TODAY))
    copy_of_t01(type=t01, during=DateRange(TODAY, None)).save()
    day_before = TODAY - timedelta(days=1)
    numbers = [queries.type_in_force("T01", on) for on in (day_before, TODAY)]
    assert [version["number"] for version in numbers if version] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"risk": "none"}, "type_version_risk_known"),
        ({"tier": "V9"}, "type_version_tier_known"),
        ({"during": DateRange(TODAY, TODAY)}, "type_version_period_not_empty"),
    ],
)
def test_database_refuses(changes: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        copy_of_t01(**changes).save()
