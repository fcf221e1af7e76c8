"""Decisions keep themselves: timed by the database, changed by nobody, numbered without gaps."""

from django.db import migrations

KEEP = """
-- A row of another table points at (case, owner) together, so that both always agree.
alter table casework_case add constraint case_of_its_owner unique (id, owner_id);

create sequence casework_case_number start 1001;

create function casework_recorded() returns trigger language plpgsql as $$
begin
    new.recorded_at := casework_now();
    return new;
end $$;

-- A decision changes in one way only: its free text is emptied once, and the day is kept.
create function casework_decision_keep() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at is not null
       and new.reason = ''
       and to_jsonb(new) - 'reason' - 'erased_at' = to_jsonb(old) - 'reason' - 'erased_at' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name;
end $$;

create trigger decision_recorded before insert on casework_decision
    for each row execute function casework_recorded();
create trigger decision_keep before update or delete on casework_decision
    for each row execute function casework_decision_keep();
create trigger decision_keep_all before truncate on casework_decision
    for each statement execute function casework_append_only();
alter table casework_decision enable always trigger decision_recorded,
    enable always trigger decision_keep, enable always trigger decision_keep_all;

grant usage, select on sequence casework_case_number to open_doors_app;
revoke delete, truncate on casework_decision from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the tables are those of the migration before."""

    dependencies = (("casework", "0004_cases"),)
    operations = (migrations.RunSQL(KEEP),)
