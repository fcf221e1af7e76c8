"""The rulebook keeps itself: a value is closed where the next one begins, and nothing else."""

from django.db import migrations

KEEP = """
-- The one change of a value's period: an open end is closed, after its first day.
create function casework_parameter_keep() returns trigger language plpgsql as $$
begin
    if lower(new.during) is distinct from lower(old.during)
       or isempty(new.during) or not upper_inf(old.during) then
        raise exception 'a period of the rulebook is only ever closed once';
    end if;
    return new;
end $$;
create trigger parameter_keep before update of during on casework_parameter
    for each row execute function casework_parameter_keep();
alter table casework_parameter enable always trigger parameter_keep;

revoke update, delete, truncate on casework_parameter from open_doors_app;
grant update (during) on casework_parameter to open_doors_app;
revoke update, delete, truncate on casework_rulebook from open_doors_app;
revoke delete, truncate on casework_rulechange from open_doors_app;
"""


class Migration(migrations.Migration):
    """A trigger and grants."""

    dependencies = (("casework", "0017_absences"),)
    operations = (migrations.RunSQL(KEEP),)
