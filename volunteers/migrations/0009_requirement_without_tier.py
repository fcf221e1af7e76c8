"""The tier of a requirement stands in its demands alone."""

from django.db import migrations


class Migration(migrations.Migration):
    """One column less."""

    dependencies = (("volunteers", "0008_demands_in_force"),)
    operations = (
        migrations.AlterModelOptions(name="requirement", options={}),
        migrations.RemoveField(model_name="requirement", name="tier"),
    )
