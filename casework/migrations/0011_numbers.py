"""A case's reference is made by the database from its letter and its number, in one insert."""

import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models

NUMBERS = """
alter table casework_case add column letter varchar(1), add column number bigint;
update casework_case set letter = left(ref, 1), number = substr(ref, 3)::bigint;
alter table casework_case
    alter column letter set not null,
    alter column number set not null,
    alter column number set default nextval('casework_case_number'),
    drop column ref;
alter table casework_case
    add column ref varchar(50) generated always as (letter || '-' || number::text) stored;
alter table casework_case add constraint case_ref_unique unique (ref);
"""
REF = django.db.models.functions.text.Concat(
    "letter",
    models.Value("-"),
    django.db.models.functions.comparison.Cast("number", models.TextField()),
)


class Migration(migrations.Migration):
    """The same references as before."""

    dependencies = (("casework", "0010_edition"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(NUMBERS)],
            state_operations=[
                migrations.AddField("case", "letter", models.CharField(max_length=1)),
                migrations.AddField(
                    "case",
                    "number",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("casework_case_number"), function="nextval"
                        )
                    ),
                ),
                migrations.RemoveField("case", "ref"),
                migrations.AddField(
                    "case",
                    "ref",
                    models.GeneratedField(
                        expression=REF,
                        output_field=models.CharField(max_length=50),
                        db_persist=True,
                        unique=True,
                    ),
                ),
            ],
        ),
    )
