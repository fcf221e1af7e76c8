"""Verifications are never changed: what was found is kept as it was found."""

from django.db import migrations

KEEP = """
create trigger verification_keep before update or delete on oversight_verification
    for each row execute function casework_append_only();
create trigger verification_keep_all before truncate on oversight_verification
    for each statement execute function casework_append_only();
alter table oversight_verification enable always trigger verification_keep,
    enable always trigger verification_keep_all;

revoke update, delete, truncate on oversight_verification from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the table is that of the first migration."""

    dependencies = (("oversight", "0001_initial"), ("casework", "0002_trail"))
    operations = (migrations.RunSQL(KEEP),)
