"""The requirements of every tier, from volunteers/data."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "requirements.json"


def load(apps: Any, schema_editor: Any) -> None:
    """Every requirement of the file."""
    requirement = apps.get_model("volunteers", "Requirement")
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    requirement.objects.bulk_create(requirement(**row) for row in rows)


class Migration(migrations.Migration):
    """Rows only; the table is that of the migration before."""

    dependencies = (("volunteers", "0003_people_and_vetting"),)
    operations = (migrations.RunPython(load, migrations.RunPython.noop),)
