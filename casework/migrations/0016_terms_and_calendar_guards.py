"""The first version of the calendar; what shifted a term or changed a day stays as it is."""

from django.db import migrations

KEEP = """
insert into casework_calendarversion (number, at, note) values (1, casework_now(), '');

create trigger new_edition after insert on casework_calendarversion
    for each statement execute function casework_new_edition('calendar');

create trigger shift_keep before update or delete on casework_shift
    for each row execute function casework_append_only();
create trigger shift_keep_all before truncate on casework_shift
    for each statement execute function casework_append_only();
create trigger edit_keep before update or delete on casework_calendaredit
    for each row execute function casework_append_only();
create trigger edit_keep_all before truncate on casework_calendaredit
    for each statement execute function casework_append_only();
create trigger version_keep before update or delete on casework_calendarversion
    for each row execute function casework_append_only();
create trigger version_keep_all before truncate on casework_calendarversion
    for each statement execute function casework_append_only();
alter table casework_shift enable always trigger shift_keep, enable always trigger shift_keep_all;
alter table casework_calendaredit
    enable always trigger edit_keep, enable always trigger edit_keep_all;
alter table casework_calendarversion
    enable always trigger version_keep, enable always trigger version_keep_all;
revoke update, delete, truncate on casework_shift, casework_calendaredit, casework_calendarversion
    from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the tables came with the terms."""

    dependencies = (("casework", "0015_file_guards"),)
    operations = (migrations.RunSQL(KEEP),)
