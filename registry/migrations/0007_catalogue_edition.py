"""The catalogue of types tells that it changed; see `casework.editions`."""

from django.db import migrations

TABLES = ("kind", "type", "typeversion", "typeversion_kinds")
MARK = "insert into casework_edition (name, mark) values ('catalogue', gen_random_uuid());"
TRIGGER = """
create trigger new_edition after insert or update or delete or truncate on registry_{table}
    for each statement execute function casework_new_edition('catalogue');
"""


class Migration(migrations.Migration):
    """One trigger for each table that a version is read from."""

    dependencies = (("registry", "0006_renewal"), ("casework", "0010_edition"))
    operations = (
        migrations.RunSQL(MARK),
        *(migrations.RunSQL(TRIGGER.format(table=table)) for table in TABLES),
    )
