"""Reference tables tell that they changed: a new mark with every statement that writes them."""

from django.db import migrations, models

MARKS = """
create function casework_new_edition() returns trigger language plpgsql as $$
begin
    insert into casework_edition (name, mark) values (tg_argv[0], gen_random_uuid())
        on conflict (name) do update set mark = excluded.mark;
    return null;
end $$;

create trigger new_edition after insert or update or delete or truncate on casework_parameter
    for each statement execute function casework_new_edition('parameters');
create trigger new_edition after insert or update or delete or truncate on casework_calendarday
    for each statement execute function casework_new_edition('calendar');
create trigger new_edition after insert or update or delete or truncate on casework_calendaryear
    for each statement execute function casework_new_edition('calendar');
insert into casework_edition (name, mark)
    select unnest(array['parameters', 'calendar']), gen_random_uuid();
"""


class Migration(migrations.Migration):
    """The marks and the triggers that write them."""

    dependencies = (("casework", "0009_experience"),)
    operations = (
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("mark", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(MARKS),
    )
