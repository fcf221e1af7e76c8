"""The working calendar: the years we have a source for, and a provisional one after them."""

import json
from datetime import date
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parent.parent / "data" / "calendar.json"
LAST_YEAR = 2035
SATURDAY = 5
# The holidays of article 112 of the Labour Code; which days off they move is decreed each year.
HOLIDAYS = (*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Write the years of the file, then the holidays alone up to the last year."""
    years = json.loads(DATA.read_text(encoding="utf-8"))
    rows = [
        (int(year), "provisional" not in body["source"], body["source"])
        for year, body in years.items()
    ]
    days = [
        (date.fromisoformat(on), working)
        for body in years.values()
        for key, working in (("non_working_weekdays", False), ("working_weekends", True))
        for on in body[key]
    ]
    for year in range(max(map(int, years)) + 1, LAST_YEAR + 1):
        rows.append((year, False, "holidays of the Labour Code without moved days"))
        holidays = (date(year, month, day) for month, day in HOLIDAYS)
        days += [(on, False) for on in holidays if on.weekday() < SATURDAY]
    year_model = apps.get_model("casework", "CalendarYear")
    day_model = apps.get_model("casework", "CalendarDay")
    year_model.objects.bulk_create(year_model(year=y, decreed=d, source=s) for y, d, s in rows)
    day_model.objects.bulk_create(
        day_model(on=on, year_id=on.year, working=working) for on, working in days
    )


class Migration(migrations.Migration):
    """Reference data comes with migrate alone."""

    dependencies = (("casework", "0002_trail"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
