"""The procedures of accompaniment tell that they changed; see `casework.editions`."""

from django.db import migrations

TRIGGER = """
create trigger new_edition after insert or update or delete or truncate on registry_{table}
    for each statement execute function casework_new_edition('catalogue');
"""


class Migration(migrations.Migration):
    """One trigger for each table from which it is read who goes outside."""

    dependencies = (("registry", "0013_catalogue_guards"),)
    operations = tuple(
        migrations.RunSQL(TRIGGER.format(table=table))
        for table in ("procedure", "procedureversion")
    )
