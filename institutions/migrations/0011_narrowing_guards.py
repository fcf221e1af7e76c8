"""A house never loosens what the catalogue demands, and what it declared stays written."""

from django.db import migrations

KEEP = """
create function institutions_narrowing_keep() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.declared_at is not null and (old.withdrawn_on is not null
       or to_jsonb(new) - 'withdrawn_on' is distinct from to_jsonb(old) - 'withdrawn_on') then
        raise exception 'a narrowing that was declared is only ever taken back';
    end if;
    if new.tier_at_least <> '' and exists (
        select from registry_typeversion v where v.type_id = new.type_id
           and v.during @> new.from_on and new.tier_at_least < v.tier) then
        raise exception 'an institution may ask for more than the catalogue, never for less';
    end if;
    return new;
end $$;
create trigger narrowing_keep before insert or update on institutions_narrowedtype
    for each row execute function institutions_narrowing_keep();
alter table institutions_narrowedtype enable always trigger narrowing_keep;
-- Whoever reads the catalogue reads what the houses add to it, by the same mark.
create trigger new_edition after insert or update or delete or truncate
    on institutions_narrowedtype for each statement
    execute function casework_new_edition('catalogue');
revoke delete, truncate on institutions_narrowedtype from open_doors_app;
"""


class Migration(migrations.Migration):
    """Triggers and a grant."""

    dependencies = (("institutions", "0010_narrowed_types"), ("casework", "0010_edition"))
    operations = (migrations.RunSQL(KEEP),)
