"""How much experience counts: two numbers of the first rulebook, where it was written earlier."""

import json
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange

DATA = Path(__file__).resolve().parent.parent / "data" / "parameters.json"
CODES = {"vetting.visits", "vetting.months"}


def add(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Write them beside the numbers of edition 1; a new database has read the whole file."""
    parameter = apps.get_model("casework", "Parameter")
    edition = apps.get_model("casework", "Rulebook").objects.get(version=1)
    known = set(parameter.objects.filter(code__in=CODES).values_list("code", flat=True))
    parameter.objects.bulk_create(
        parameter(
            code=row["code"],
            value=row["value"],
            unit=row["unit"],
            source=row["source"],
            name_ru=row["ru"],
            name_en=row["en"],
            rulebook=edition,
            during=DateRange(edition.from_on, None),
        )
        for row in json.loads(DATA.read_text(encoding="utf-8"))
        if row["code"] in CODES - known
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("casework", "0008_entry_indexes"),)
    operations = (migrations.RunPython(add, migrations.RunPython.noop),)
