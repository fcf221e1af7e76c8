"""When a mode was declared and stopped; an agreement has both ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The doors are made anew from the modes: their order and early ends must be known."""

    dependencies = (("institutions", "0002_guards"),)
    operations = (
        migrations.AddField(
            model_name="guestmode",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="guestmode",
            name="stopped_on",
            field=models.DateField(
                help_text="The first day on which it holds no longer, when stopped early.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="ended_on",
            field=models.DateField(
                blank=True,
                help_text="Its last day, when a side ended it before its term.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("during__lower_inf", False), ("during__upper_inf", False)),
                name="agreement_begins_and_ends",
            ),
        ),
    )
