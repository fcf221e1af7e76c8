"""The first rulebook: every number of procedure, in force from the calendar's first year."""

import json
from datetime import date
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange

DATA = Path(__file__).resolve().parent.parent / "data" / "parameters.json"
FROM = date(2024, 1, 1)


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Write edition 1 and its numbers."""
    edition = apps.get_model("casework", "Rulebook").objects.create(version=1, from_on=FROM)
    parameter = apps.get_model("casework", "Parameter")
    parameter.objects.bulk_create(
        parameter(
            code=row["code"],
            value=row["value"],
            unit=row["unit"],
            source=row["source"],
            name_ru=row["ru"],
            name_en=row["en"],
            rulebook=edition,
            during=DateRange(FROM, None),
        )
        for row in json.loads(DATA.read_text(encoding="utf-8"))
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("casework", "0005_case_guards"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
