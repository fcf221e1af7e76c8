"""Whoever changes what they are known by is compared with people barred before they are cleared.

The database halts them itself, whichever way the change came: only a comparison lets them go. It
waits for a bar that is being written, and a bar for it, so that neither misses the other.
"""

from django.db import migrations

GUARDS = """
create function volunteers_to_compare(who bigint) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(20150211);
    if exists (select from volunteers_barmark)
       and exists (select from volunteers_volunteer where person_id = who) then
        insert into volunteers_halt (volunteer_id) values (who) on conflict do nothing;
    end if;
end $$;

create function volunteers_profile_changed() returns trigger language plpgsql as $$
begin perform volunteers_to_compare(new.person_id); return null; end $$;
create trigger compare_the_profile after insert or update on volunteers_volunteer
    for each row execute function volunteers_profile_changed();
alter table volunteers_volunteer enable always trigger compare_the_profile;

create function volunteers_person_changed() returns trigger language plpgsql as $$
begin perform volunteers_to_compare(new.id); return null; end $$;
create trigger compare_the_person
    after update of email, family_name, given_name, patronymic on accounts_user
    for each row when ((old.email, old.family_name, old.given_name, old.patronymic)
                       is distinct from (new.email, new.family_name, new.given_name, new.patronymic))
    execute function volunteers_person_changed();
alter table accounts_user enable always trigger compare_the_person;

revoke delete, truncate on volunteers_halt, volunteers_bar, volunteers_likeness,
    volunteers_personsuspension from open_doors_app;
"""
LET_GO = """
drop trigger compare_the_person on accounts_user;
drop trigger compare_the_profile on volunteers_volunteer;
drop function volunteers_person_changed;
drop function volunteers_profile_changed;
drop function volunteers_to_compare;
"""


class Migration(migrations.Migration):
    """Two triggers and who may take rows away: nobody."""

    dependencies = (("volunteers", "0013_bars"),)
    operations = (migrations.RunSQL(GUARDS, LET_GO),)
