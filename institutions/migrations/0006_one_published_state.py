"""A mode with a last day is published like any other; its term alone says that it ends."""

from django.db import migrations

ONE_STATE = """
update casework_case set state = 'in_force' where kind = 'guest_mode' and state = 'for_a_time';
update casework_notice set kind = 'guest_mode_publish' where kind = 'guest_mode_publish_for_a_time';
"""


class Migration(migrations.Migration):
    """Cases and notices take the one name; running terms keep theirs, decisions never change."""

    dependencies = (
        ("institutions", "0005_standing_supervisor"),
        ("casework", "0008_entry_indexes"),
    )
    operations = (migrations.RunSQL(ONE_STATE, migrations.RunSQL.noop),)
