"""What somebody handed in is changed by nobody: a newer version is another row."""

from django.db import migrations

KEEP = """
create trigger file_keep before update or delete on casework_file
    for each row execute function casework_append_only();
create trigger file_keep_all before truncate on casework_file
    for each statement execute function casework_append_only();
alter table casework_file enable always trigger file_keep, enable always trigger file_keep_all;

revoke update, delete, truncate on casework_file from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the table is that of the migration before."""

    dependencies = (("casework", "0014_files"),)
    operations = (migrations.RunSQL(KEEP),)
