"""Bring the division of the city, the catalogue and the procedures from registry/data."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

DATA = Path(__file__).resolve().parent.parent / "data"
FROM_2024 = DateRange(date(2024, 1, 1), None)


def rows(name: str) -> list[dict[str, Any]]:
    """One data file."""
    found: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return found


def load_places(apps: Any, schema_editor: Any) -> None:
    """Okrugs, districts and kinds of institution."""
    okrug, district, kind = (apps.get_model("registry", m) for m in ("Okrug", "District", "Kind"))
    okrugs = {}
    for row in rows("okrugs"):
        row.pop("abbr_ru")
        okrugs[row["code"]] = okrug.objects.create(**row)
    district.objects.bulk_create(
        district(okrug=okrugs[row.pop("okrug")], **row) for row in rows("districts")
    )
    kind.objects.bulk_create(
        kind(**{field: text for field, text in row.items() if field != "also_ru"})
        for row in rows("kinds")
    )


def load_types(apps: Any, schema_editor: Any) -> None:
    """Interaction types, each with its first version."""
    kinds = {kind.code: kind for kind in apps.get_model("registry", "Kind").objects.all()}
    types = apps.get_model("registry", "Type").objects
    versions = apps.get_model("registry", "TypeVersion").objects
    for row in rows("types"):
        codes, made = row.pop("kinds"), types.create(code=row.pop("code"))
        version = versions.create(type=made, number=1, during=FROM_2024, **row)
        version.kinds.set([kinds[code] for code in codes])


def load_procedures(apps: Any, schema_editor: Any) -> None:
    """Accompaniment procedures, each with its first version."""
    procedures = apps.get_model("registry", "Procedure").objects
    versions = apps.get_model("registry", "ProcedureVersion").objects
    step = apps.get_model("registry", "ProcedureStep")
    for row in rows("procedures"):
        made = procedures.create(code=row["code"])
        version = versions.create(procedure=made, number=1, during=FROM_2024)
        step.objects.bulk_create(step(version=version, **fields) for fields in row["steps"])


class Migration(migrations.Migration):
    """The register's first content."""

    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.RunPython(load_places, migrations.RunPython.noop),
        migrations.RunPython(load_types, migrations.RunPython.noop),
        migrations.RunPython(load_procedures, migrations.RunPython.noop),
    ]
