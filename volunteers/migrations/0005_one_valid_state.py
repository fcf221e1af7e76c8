"""What is valid without an end is valid like the rest; it only has no term."""

from django.db import migrations

ONE_STATE = """
update casework_case set state = 'valid', closed_at = null
    where kind = 'outcome' and state = 'lasting';
update casework_notice set kind = 'outcome_record' where kind = 'outcome_record_for_good';
"""


class Migration(migrations.Migration):
    """Cases and notices take the one name; decisions stay as they were taken."""

    dependencies = (
        ("volunteers", "0004_requirements"),
        ("casework", "0008_entry_indexes"),
    )
    operations = (migrations.RunSQL(ONE_STATE, migrations.RunSQL.noop),)
