"""A term is counted by the newest calendar, and a proposed change of it stays as it was sent."""

from django.db import migrations

KEEP = """
-- Terms of before the calendar had versions were counted by the first one.
update casework_term set calendar_id = 1 where calendar_id is null and unit <> '';

-- What the public page says of the years that the product brought.
update casework_calendaryear set source = case source
    when 'holidays package' then 'Open data on holidays and moved days off'
    when 'holidays package; provisional, the official decree was not seen'
        then 'Open data; the decree on moved days off has not come yet'
    when 'holidays of the Labour Code without moved days'
        then 'Holidays of the Labour Code, without moved days off'
    else source end;

-- Whoever read the calendar before it was changed, and waited for the change, counts again.
create function casework_newest_calendar() returns trigger language plpgsql as $$
begin
    if new.calendar_id < (select max(number) from casework_calendarversion) then
        raise exception 'the calendar has changed meanwhile' using errcode = '40001';
    end if;
    return new;
end $$;
create trigger term_by_newest before insert on casework_term
    for each row execute function casework_newest_calendar();
create trigger shift_by_newest before insert on casework_shift
    for each row execute function casework_newest_calendar();
alter table casework_term enable always trigger term_by_newest;
alter table casework_shift enable always trigger shift_by_newest;

revoke delete, truncate on casework_calendarchange from open_doors_app;
revoke update, delete, truncate on casework_changedday from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and grants; the tables came with the migration before."""

    dependencies = (("casework", "0021_handovers"),)
    operations = (migrations.RunSQL(KEEP),)
