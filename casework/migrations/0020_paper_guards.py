"""Papers keep themselves: timed by the database, never changed, only withdrawn, once."""

from django.db import migrations

KEEP = """
-- Papers that belong to no case are numbered from here; a gap says only that one was not finished.
create sequence casework_paper_number start 1001;

create function casework_paper_keep() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.withdrawn_at is null and new.withdrawn_at is not null
       and new.withdrawn_at <= casework_now()
       and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name;
end $$;

create trigger paper_recorded before insert on casework_paper
    for each row execute function casework_recorded();
create trigger paper_keep before update or delete on casework_paper
    for each row execute function casework_paper_keep();
create trigger paper_keep_all before truncate on casework_paper
    for each statement execute function casework_append_only();
alter table casework_paper enable always trigger paper_recorded,
    enable always trigger paper_keep, enable always trigger paper_keep_all;

grant usage, select on sequence casework_paper_number to open_doors_app;
revoke delete, truncate on casework_paper from open_doors_app;
"""
LET_GO = """
drop trigger paper_recorded on casework_paper;
drop trigger paper_keep on casework_paper;
drop trigger paper_keep_all on casework_paper;
drop function casework_paper_keep();
drop sequence casework_paper_number;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the table is that of the migration before."""

    dependencies = (("casework", "0019_papers"),)
    operations = (migrations.RunSQL(KEEP, LET_GO),)
