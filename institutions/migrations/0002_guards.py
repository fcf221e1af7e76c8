"""What the database itself holds true of sites, slots and agreements."""

from django.db import migrations

GUARDS = """
alter table institutions_guestmode
    add constraint mode_at_a_site_of_its_institution
        foreign key (institution_id, site_id) references registry_site (institution_id, id),
    add constraint mode_case_of_its_institution
        foreign key (case_id, institution_id) references casework_case (id, owner_id);
alter table institutions_slot
    add constraint slot_at_a_site_of_its_institution
        foreign key (institution_id, site_id) references registry_site (institution_id, id);
alter table institutions_agreement
    add constraint agreement_case_of_its_institution
        foreign key (case_id, institution_id) references casework_case (id, owner_id);

-- An agreement covers only what is registered for this NGO, fits the institution's kind and is
-- in force, all on the agreement's first day.
create function institutions_type_allowed() returns trigger language plpgsql as $$
declare
    deal institutions_agreement;
    house registry_institution;
begin
    select * into deal from institutions_agreement where case_id = new.agreement_id;
    select * into house from registry_institution where organisation_id = deal.institution_id;
    if not exists (
        select from registry_approved a join registry_registration r on r.id = a.registration_id
         where r.ngo_id = deal.ngo_id and a.type_id = new.type_id and a.kind_id = house.kind_id
           and r.during && deal.during
           and (r.withdrawn_on is null or r.withdrawn_on > lower(deal.during))) then
        raise exception 'type % is not registered for this NGO and kind', new.type_id
            using errcode = 'check_violation', constraint = 'agreement_type_registered';
    end if;
    if not exists (
        select from registry_typeversion v
          join registry_typeversion_kinds k on k.typeversion_id = v.id
         where v.type_id = new.type_id and k.kind_id = house.kind_id
           and v.during && deal.during) then
        raise exception 'type % does not fit this kind of institution', new.type_id
            using errcode = 'check_violation', constraint = 'agreement_type_fits';
    end if;
    return new;
end $$;
create trigger agreement_type_allowed before insert or update on institutions_agreementtype
    for each row execute function institutions_type_allowed();
"""


class Migration(migrations.Migration):
    """Composite keys and a trigger; the tables are those of the first migration."""

    dependencies = (("institutions", "0001_initial"), ("casework", "0005_case_guards"))
    operations = (migrations.RunSQL(GUARDS),)
