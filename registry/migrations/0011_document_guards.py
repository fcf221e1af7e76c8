"""Versions of documents are only ever added, and each is the NGO's own file."""

from django.db import migrations

KEEP = """
create function registry_document_fits() returns trigger language plpgsql as $$
begin
    if not exists (
        select from registry_application application
          join casework_file file on file.owner_id = application.ngo_id
         where application.case_id = new.application_id and file.id = new.file_id
    ) then
        raise exception 'a document is a file of the NGO that applies'
            using errcode = 'check_violation', constraint = 'document_of_the_ngo';
    end if;
    return new;
end $$;

create trigger document_fits before insert on registry_document
    for each row execute function registry_document_fits();
create trigger document_keep before update or delete on registry_document
    for each row execute function casework_append_only();
create trigger document_keep_all before truncate on registry_document
    for each statement execute function casework_append_only();
alter table registry_document enable always trigger document_fits,
    enable always trigger document_keep, enable always trigger document_keep_all;

revoke update, delete, truncate on registry_document from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the table is that of the migration before."""

    dependencies = (("registry", "0010_documents"),)
    operations = (migrations.RunSQL(KEEP),)
