"""Lists that are read newest first or by their deadline stay quick as they grow."""

from django.db import migrations, models

# Ended terms pile up; the lateness queue reads the open ones only.
OPEN_TERMS = """
create index term_open on casework_term (due_at, id) where stopped_at is null;
"""


class Migration(migrations.Migration):
    dependencies = (("casework", "0007_invitation"),)
    operations = (
        migrations.AddIndex("entry", models.Index(fields=["at", "id"], name="entry_by_time")),
        migrations.AddIndex(
            "entry", models.Index(fields=["actor", "at", "id"], name="entry_by_actor")
        ),
        migrations.AddIndex(
            "entry", models.Index(fields=["subject", "at", "id"], name="entry_by_subject")
        ),
        migrations.AddIndex(
            "entry", models.Index(fields=["action", "at", "id"], name="entry_by_action")
        ),
        migrations.RunSQL(OPEN_TERMS),
    )
