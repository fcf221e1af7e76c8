"""Documents of a proposal are only ever added, and each is the file of the NGO that proposes."""

from django.db import migrations

KEEP = """
create function institutions_enclosure_fits() returns trigger language plpgsql as $$
begin
    if not exists (
        select from institutions_proposal proposal
          join casework_file file on file.owner_id = proposal.ngo_id
         where proposal.case_id = new.proposal_id and file.id = new.file_id
    ) then
        raise exception 'a document of a proposal is a file of the NGO that proposes'
            using errcode = 'check_violation', constraint = 'enclosure_of_the_ngo';
    end if;
    return new;
end $$;

create trigger enclosure_fits before insert on institutions_enclosure
    for each row execute function institutions_enclosure_fits();
create trigger enclosure_keep before update or delete on institutions_enclosure
    for each row execute function casework_append_only();
create trigger enclosure_keep_all before truncate on institutions_enclosure
    for each statement execute function casework_append_only();
alter table institutions_enclosure enable always trigger enclosure_fits,
    enable always trigger enclosure_keep, enable always trigger enclosure_keep_all;

revoke update, delete, truncate on institutions_enclosure from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the table is that of the migration before."""

    dependencies = (("institutions", "0014_enclosures"),)
    operations = (migrations.RunSQL(KEEP),)
