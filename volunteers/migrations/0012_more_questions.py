"""The questions that the bank's file got since it was first loaded."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "questions.json"


def load(apps: Any, schema_editor: Any) -> None:
    """Every question of the file that the bank does not have, with its first version."""
    question = apps.get_model("volunteers", "Question").objects
    version = apps.get_model("volunteers", "QuestionVersion")
    known = set(question.values_list("code", flat=True))
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    version.objects.bulk_create(
        version(
            question=question.create(
                **{name: row.pop(name) for name in ("code", "topic", "mandatory")}
            ),
            n=1,
            **row,
        )
        for row in rows
        if row["code"] not in known
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("volunteers", "0011_bank_guards"),)
    operations = (migrations.RunPython(load, migrations.RunPython.noop),)
