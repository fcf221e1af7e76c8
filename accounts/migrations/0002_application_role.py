"""The role that web and worker take on: it reads and writes rows and owns nothing."""

from django.db import migrations

ROLE = """
do $$ begin
    create role open_doors_app nologin;
exception when duplicate_object or unique_violation then null;  -- another database of the cluster
end $$;
grant open_doors_app to current_user;
grant usage on schema public to open_doors_app;
grant select, insert, update, delete on all tables in schema public to open_doors_app;
grant usage, select on all sequences in schema public to open_doors_app;
alter default privileges in schema public
    grant select, insert, update, delete on tables to open_doors_app;
alter default privileges in schema public grant usage, select on sequences to open_doors_app;
"""

NO_ROLE = """
alter default privileges in schema public
    revoke select, insert, update, delete on tables from open_doors_app;
alter default privileges in schema public revoke usage, select on sequences from open_doors_app;
revoke all on all tables in schema public from open_doors_app;
revoke all on all sequences in schema public from open_doors_app;
revoke usage on schema public from open_doors_app;
"""


class Migration(migrations.Migration):
    """After the first tables: from here on every new table is granted by default."""

    dependencies = (("accounts", "0001_initial"),)
    operations = (migrations.RunSQL(ROLE, NO_ROLE),)
