"""The audit trail keeps itself: chained and timed by the database, changed by nobody."""

from django.db import migrations

KEEP = """
create function casework_now() returns timestamptz language sql volatile
    as 'select clock_timestamp()';

insert into casework_chainhead (chain, seq, h)
    select n, 0, sha256(convert_to('genesis' || n, 'UTF8')) from generate_series(0, 15) n;

-- The heads are out of the application's reach: only this function, as its owner, moves them.
create function casework_entry_fill() returns trigger language plpgsql
    security definer set search_path = public as $$
declare head casework_chainhead;
begin
    -- The lock makes the order of numbers the order of commits, without gaps after a rollback.
    select * into head from casework_chainhead where chain = new.chain for update;
    new.seq := head.seq + 1;
    new.prev := head.h;
    new.at := casework_now();
    new.h := sha256(new.prev || convert_to(concat_ws('|', new.chain, new.seq,
        to_char(new.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce(new.actor::text, '-'), new.action, new.subject, new.digest), 'UTF8'));
    update casework_chainhead set seq = new.seq, h = new.h where chain = new.chain;
    return new;
end $$;

create function casework_append_only() returns trigger language plpgsql as $$
begin raise exception '% is append-only', tg_table_name; end $$;

create trigger entry_fill before insert on casework_entry
    for each row execute function casework_entry_fill();
create trigger entry_keep before update or delete on casework_entry
    for each row execute function casework_append_only();
create trigger entry_keep_all before truncate on casework_entry
    for each statement execute function casework_append_only();
-- A plain trigger sleeps under session_replication_role = replica.
alter table casework_entry enable always trigger entry_fill,
    enable always trigger entry_keep, enable always trigger entry_keep_all;

revoke update, delete, truncate on casework_entry from open_doors_app;
revoke insert, update, delete, truncate on casework_chainhead from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the tables are those of the first migration."""

    dependencies = (("casework", "0001_initial"), ("accounts", "0002_application_role"))
    operations = (migrations.RunSQL(KEEP),)
