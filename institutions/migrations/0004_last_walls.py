"""The last walls: an agreement keeps its sides and term; what it covers holds on its first day."""

from django.db import migrations

WALLS = """
create or replace function institutions_type_allowed() returns trigger language plpgsql as $$
declare
    deal institutions_agreement;
    house registry_institution;
    first_day date;
begin
    select * into deal from institutions_agreement where case_id = new.agreement_id;
    select * into house from registry_institution where organisation_id = deal.institution_id;
    first_day := lower(deal.during);
    if not exists (
        select from registry_approved a join registry_registration r on r.id = a.registration_id
         where r.ngo_id = deal.ngo_id and a.type_id = new.type_id and a.kind_id = house.kind_id
           and r.during @> first_day
           and (r.withdrawn_on is null or r.withdrawn_on > first_day)) then
        raise exception 'type % is not registered for this NGO and kind', new.type_id
            using errcode = 'check_violation', constraint = 'agreement_type_registered';
    end if;
    if not exists (
        select from registry_typeversion v
          join registry_typeversion_kinds k on k.typeversion_id = v.id
         where v.type_id = new.type_id and k.kind_id = house.kind_id
           and v.during @> first_day) then
        raise exception 'type % does not fit this kind of institution', new.type_id
            using errcode = 'check_violation', constraint = 'agreement_type_fits';
    end if;
    return new;
end $$;

-- What was judged for these sides and this term cannot be carried over to others.
create function institutions_agreement_keeps() returns trigger language plpgsql as $$
begin
    raise exception 'an agreement keeps its sides and its term'
        using errcode = 'check_violation', constraint = 'agreement_keeps_its_sides_and_term';
end $$;
create trigger agreement_keeps before update on institutions_agreement
    for each row when ((old.institution_id, old.ngo_id, old.during)
                       is distinct from (new.institution_id, new.ngo_id, new.during))
    execute function institutions_agreement_keeps();

-- Free places are looked for by time; promises of withdrawn slots by place and time.
create index slot_open on institutions_slot (lower(during))
    where withdrawn_at is null and used < capacity;
create index slot_promised on institutions_slot using gist (site_id, during)
    where withdrawn_at is not null and used > 0;
"""
BACK = """
drop index slot_promised;
drop index slot_open;
drop trigger agreement_keeps on institutions_agreement;
drop function institutions_agreement_keeps();
"""


class Migration(migrations.Migration):
    """A function made stricter, a trigger, two indexes."""

    dependencies = (("institutions", "0003_publication"),)
    operations = (migrations.RunSQL(WALLS, BACK),)
