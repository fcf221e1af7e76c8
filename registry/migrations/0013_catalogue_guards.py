"""The catalogue keeps itself: a version never changes; its open end is closed once."""

from django.db import migrations

KEEP = """
create function registry_period_keep() returns trigger language plpgsql as $$
begin
    if lower(new.during) is distinct from lower(old.during)
       or isempty(new.during) or not upper_inf(old.during) then
        raise exception 'a period of the catalogue is only ever closed once';
    end if;
    return new;
end $$;
"""
TRIGGER = """
create trigger period_keep before update of during on registry_{table}
    for each row execute function registry_period_keep();
alter table registry_{table} enable always trigger period_keep;
revoke update, delete, truncate on registry_{table} from open_doors_app;
grant update (during) on registry_{table} to open_doors_app;
"""
REVOKE = "revoke update, delete, truncate on registry_{table} from open_doors_app;"
DATED = ("typeversion", "procedureversion")
FIXED = ("typeversion_kinds", "procedurestep")


class Migration(migrations.Migration):
    """Triggers and grants."""

    dependencies = (("registry", "0012_type_change"),)
    operations = (
        migrations.RunSQL(KEEP),
        *(migrations.RunSQL(TRIGGER.format(table=table)) for table in DATED),
        *(migrations.RunSQL(REVOKE.format(table=table)) for table in FIXED),
    )
