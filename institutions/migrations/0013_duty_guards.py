"""What the database itself holds true of briefings, representatives and needs."""

from django.db import migrations

GUARDS = """
create function institutions_briefing_true() returns trigger language plpgsql as $$
begin
    if new.on > (select (new.recorded_at at time zone o.zone)::date
                   from institutions_agreement a join accounts_organisation o
                     on o.id = a.institution_id where a.case_id = new.agreement_id) then
        raise exception 'a briefing is written down when it was given, not before'
            using errcode = 'check_violation', constraint = 'briefing_not_in_the_future';
    end if;
    return new;
end $$;
create trigger briefing_recorded before insert on institutions_briefing
    for each row execute function casework_recorded();
create trigger briefing_true before insert on institutions_briefing
    for each row execute function institutions_briefing_true();

create function institutions_briefed_of_the_ngo() returns trigger language plpgsql as $$
begin
    if not exists (
        select from institutions_briefing b
          join institutions_agreement a on a.case_id = b.agreement_id
          join accounts_membership m on m.organisation_id = a.ngo_id
         where b.id = new.briefing_id and m.person_id = new.person_id and m.during @> b.on) then
        raise exception 'person % is not with the NGO of this agreement', new.person_id
            using errcode = 'check_violation', constraint = 'briefed_of_the_ngo';
    end if;
    return new;
end $$;
create trigger briefed_of_the_ngo before insert on institutions_briefed
    for each row execute function institutions_briefed_of_the_ngo();

create trigger briefing_keep before update or delete on institutions_briefing
    for each row execute function casework_append_only();
create trigger briefing_keep_all before truncate on institutions_briefing
    for each statement execute function casework_append_only();
create trigger briefed_keep before update or delete on institutions_briefed
    for each row execute function casework_append_only();
create trigger briefed_keep_all before truncate on institutions_briefed
    for each statement execute function casework_append_only();
alter table institutions_briefing enable always trigger briefing_recorded,
    enable always trigger briefing_keep, enable always trigger briefing_keep_all;
alter table institutions_briefed enable always trigger briefed_of_the_ngo,
    enable always trigger briefed_keep, enable always trigger briefed_keep_all;

-- A representative is of one of the two sides; the row changes once: it gets its end.
create function institutions_representative_keep() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.withdrawn_at is not null or not upper_inf(old.during)
           or lower(new.during) <> lower(old.during)
           or to_jsonb(new) - 'during' - 'withdrawn_at'
              is distinct from to_jsonb(old) - 'during' - 'withdrawn_at' then
            raise exception 'a representative only ever gets an end';
        end if;
        return new;
    end if;
    if not exists (
        select from institutions_agreement a
          join accounts_membership m on m.organisation_id = new.side_id
         where a.case_id = new.agreement_id and new.side_id in (a.institution_id, a.ngo_id)
           and m.person_id = new.person_id and m.during @> lower(new.during)) then
        raise exception 'person % does not belong to a side of this agreement', new.person_id
            using errcode = 'check_violation', constraint = 'representative_of_a_side';
    end if;
    return new;
end $$;
create trigger representative_keep before insert or update on institutions_representative
    for each row execute function institutions_representative_keep();
alter table institutions_representative enable always trigger representative_keep;

alter table institutions_need
    add constraint need_at_a_site_of_its_institution
        foreign key (institution_id, site_id) references registry_site (institution_id, id);
create function institutions_need_keep() returns trigger language plpgsql as $$
begin
    if old.withdrawn_at is null and new.withdrawn_at is not null
       and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at' then
        return new;
    end if;
    raise exception 'a need that was announced is only ever taken back';
end $$;
create trigger need_keep before update on institutions_need
    for each row execute function institutions_need_keep();
alter table institutions_need enable always trigger need_keep;

revoke update, delete, truncate on institutions_briefing, institutions_briefed from open_doors_app;
revoke delete, truncate on institutions_representative, institutions_need from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers, a composite key and grants."""

    dependencies = (("institutions", "0012_duties"),)
    operations = (migrations.RunSQL(GUARDS),)
