"""The numbers that the rulebook got since its first edition was written down."""

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
    """Write what the file has and the tables do not."""
    edition = apps.get_model("casework", "Rulebook").objects.get(version=1)
    parameter = apps.get_model("casework", "Parameter")
    known = set(parameter.objects.values_list("code", flat=True))
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
        if row["code"] not in known
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("casework", "0011_numbers"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
