"""How long before its end a registration can be renewed."""

from datetime import date
from typing import Any

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

FROM_2024 = DateRange(date(2024, 1, 1), None)


def fill(apps: Any, _: Any) -> None:
    """One more number of the first rulebook."""
    apps.get_model("casework", "Parameter").objects.create(
        code="registration.renewal",
        value=90,
        unit="days",
        source="house",
        name_ru="За сколько дней до окончания запись в реестре НКО можно продлить",
        name_en="How many days before its end an NGO's registration can be renewed",
        rulebook_id=1,
        during=FROM_2024,
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("registry", "0005_applications"), ("casework", "0006_rulebook"))
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
