"""The list of requirements tells that it changed; see `casework.editions`."""

from django.db import migrations

MARK = """
create trigger new_edition after insert or update or delete or truncate on volunteers_requirement
    for each statement execute function casework_new_edition('requirements');
insert into casework_edition (name, mark) values ('requirements', gen_random_uuid());
"""


class Migration(migrations.Migration):
    """One trigger."""

    dependencies = (("volunteers", "0005_one_valid_state"), ("casework", "0010_edition"))
    operations = (migrations.RunSQL(MARK),)
