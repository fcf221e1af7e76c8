"""What the database itself holds true of proposals, their reviews and their agreements."""

from django.db import migrations

GUARDS = """
alter table institutions_proposal
    add constraint proposal_case_of_its_institution
        foreign key (case_id, institution_id) references casework_case (id, owner_id),
    add constraint proposal_of_its_sides unique (case_id, institution_id, ngo_id);
alter table institutions_agreement
    add constraint agreement_follows_its_own_proposal
        foreign key (proposal_id, institution_id, ngo_id)
        references institutions_proposal (case_id, institution_id, ngo_id);

create trigger version_keep before update or delete on institutions_agreementversion
    for each row execute function casework_append_only();
create trigger version_keep_all before truncate on institutions_agreementversion
    for each statement execute function casework_append_only();
alter table institutions_agreementversion
    enable always trigger version_keep, enable always trigger version_keep_all;
revoke update, delete, truncate on institutions_agreementversion from open_doors_app;

-- One review of a proposal is open at a time.
create function institutions_one_review() returns trigger language plpgsql as $$
begin
    perform 1 from institutions_proposal where case_id = new.proposal_id for update;
    if exists (select from institutions_founderreview r join casework_case c on c.id = r.case_id
                where r.proposal_id = new.proposal_id and c.closed_at is null) then
        raise exception 'a review of this proposal is open already'
            using errcode = 'unique_violation', constraint = 'one_open_review';
    end if;
    return new;
end $$;

-- Until it is signed a side may offer another term; the types are then judged for it anew.
create or replace function institutions_agreement_keeps() returns trigger language plpgsql as $$
begin
    if (old.institution_id, old.ngo_id) = (new.institution_id, new.ngo_id)
       and old.signed_at is null and new.signed_at is null
       and not exists (select from institutions_agreementtype where agreement_id = old.case_id)
    then
        return new;
    end if;
    raise exception 'an agreement keeps its sides and its term'
        using errcode = 'check_violation', constraint = 'agreement_keeps_its_sides_and_term';
end $$;
create trigger one_open_review before insert on institutions_founderreview
    for each row execute function institutions_one_review();
"""


class Migration(migrations.Migration):
    """Composite keys and triggers; the tables are those of the migrations before."""

    dependencies = (("institutions", "0008_handovers"),)
    operations = (migrations.RunSQL(GUARDS),)
