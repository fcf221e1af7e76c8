"""Every requirement is asked from the tier it stood under, since ever; see `casework.editions`."""

from typing import Any

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

MARK = """
create trigger new_edition after insert or update or delete or truncate on volunteers_demand
    for each statement execute function casework_new_edition('requirements');
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """One demand a requirement."""
    demand = apps.get_model("volunteers", "Demand")
    rows = apps.get_model("volunteers", "Requirement").objects.values_list("pk", "tier")
    demand.objects.bulk_create(
        demand(requirement_id=pk, tier=tier, during=DateRange(None, None)) for pk, tier in rows
    )


class Migration(migrations.Migration):
    """Rows and one trigger."""

    dependencies = (("volunteers", "0007_demands"),)
    operations = (
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(MARK),
    )
