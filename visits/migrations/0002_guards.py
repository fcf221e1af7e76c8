"""What the database itself holds true of visits: nobody in two places, nothing across tenants."""

from django.db import migrations

GUARDS = """
alter table visits_visit
    add constraint visit_case_of_its_institution
        foreign key (case_id, institution_id) references casework_case (id, owner_id),
    add constraint visit_in_a_slot_of_its_institution
        foreign key (institution_id, slot_id) references institutions_slot (institution_id, id),
    add constraint visit_offered_a_slot_of_its_institution
        foreign key (institution_id, offered_slot_id)
        references institutions_slot (institution_id, id),
    add constraint visit_under_an_agreement_of_its_sides
        foreign key (institution_id, ngo_id, agreement_id)
        references institutions_agreement (institution_id, ngo_id, case_id);

-- The visit's time and whether it holds people travel into each part by the key.
alter table visits_participation
    add constraint participation_follows_its_visit
        foreign key (visit_id, during, active) references visits_visit (case_id, during, active)
        on update cascade,
    add constraint nobody_in_two_places
        exclude using gist (volunteer_id with =, during with &&) where (active and coming);

create trigger gate_event_recorded before insert on visits_gateevent
    for each row execute function casework_recorded();
create trigger gate_event_keep before update or delete on visits_gateevent
    for each row execute function casework_append_only();
create trigger gate_event_keep_all before truncate on visits_gateevent
    for each statement execute function casework_append_only();
alter table visits_gateevent enable always trigger gate_event_recorded,
    enable always trigger gate_event_keep, enable always trigger gate_event_keep_all;
revoke update, delete, truncate on visits_gateevent from open_doors_app;
"""


class Migration(migrations.Migration):
    """Composite keys, the exclusion that needs one of them, and triggers."""

    dependencies = (("visits", "0001_initial"), ("institutions", "0002_guards"))
    operations = (migrations.RunSQL(GUARDS),)
