"""Whoever decides looks at it with other eyes: kept by the database, whatever the code says."""

from django.db import migrations

KEEP = """
create function registry_other_eyes() returns trigger language plpgsql as $$
begin
    if exists (
        select from registry_appeal appeal
          join casework_decision earlier on earlier.case_id = appeal.against_id
         where appeal.case_id = new.case_id and earlier.actor_id = new.actor_id
    ) then
        raise exception 'whoever took part in the case appealed does not decide the appeal'
            using errcode = 'check_violation', constraint = 'appeal_decided_by_others';
    end if;
    -- What an appeal sent back is decided by somebody else than whoever refused it.
    if exists (
        select from (
            select case_id, appeal_id from registry_application
            union all
            select case_id, appeal_id from registry_ngochange
        ) anew
          join registry_appeal appeal on appeal.case_id = anew.appeal_id
          join casework_decision earlier on earlier.case_id = appeal.against_id
         where anew.case_id = new.case_id and earlier.actor_id = new.actor_id
           and earlier.settles
    ) then
        raise exception 'whoever refused it does not decide it anew'
            using errcode = 'check_violation', constraint = 'decided_anew_by_others';
    end if;
    if new.step = 'exclude' and exists (
        select from casework_decision earlier
         where earlier.case_id = new.case_id and earlier.step = 'register'
           and earlier.actor_id = new.actor_id
    ) then
        raise exception 'whoever registered an NGO does not exclude it'
            using errcode = 'check_violation', constraint = 'excluded_by_others';
    end if;
    return new;
end $$;

create trigger registry_other_eyes before insert on casework_decision
    for each row when (new.decides and new.actor_id is not null)
    execute function registry_other_eyes();
alter table casework_decision enable always trigger registry_other_eyes;

-- A bar and a dated fact are never shortened or taken away: a bar is lifted once, and the last
-- fact of an NGO is closed once.
create function registry_bar_keep() returns trigger language plpgsql as $$
begin
    if old.lifted_on is null and new.lifted_on is not null
       and to_jsonb(new) - 'lifted_on' = to_jsonb(old) - 'lifted_on' then
        return new;
    end if;
    raise exception 'a bar is only lifted, once' using errcode = 'check_violation';
end $$;
create function registry_fact_keep() returns trigger language plpgsql as $$
begin
    if upper_inf(old.during) and not upper_inf(new.during)
       and lower(new.during) is not distinct from lower(old.during)
       and to_jsonb(new) - 'during' = to_jsonb(old) - 'during' then
        return new;
    end if;
    raise exception 'what held in the past is not changed' using errcode = 'check_violation';
end $$;
create trigger bar_keep before update on registry_bar
    for each row execute function registry_bar_keep();
create trigger fact_keep before update on registry_ngofact
    for each row execute function registry_fact_keep();
alter table registry_bar enable always trigger bar_keep;
alter table registry_ngofact enable always trigger fact_keep;
revoke delete, truncate on registry_bar, registry_ngofact from open_doors_app;
"""
BACK = """
drop trigger registry_other_eyes on casework_decision;
drop function registry_other_eyes();
drop trigger bar_keep on registry_bar;
drop function registry_bar_keep();
drop trigger fact_keep on registry_ngofact;
drop function registry_fact_keep();
"""


class Migration(migrations.Migration):
    """Triggers and grants; the tables are those of the migration before."""

    dependencies = (("registry", "0008_appeals_and_changes"), ("casework", "0005_case_guards"))
    operations = (migrations.RunSQL(KEEP, BACK),)
