"""The numbers that the rulebook got for the bank of questions and for vetting."""

from importlib import import_module

from django.db import migrations

fill = import_module("casework.migrations.0012_partnership_numbers").fill


class Migration(migrations.Migration):
    """Data only: what the file has and the tables do not."""

    dependencies = (("casework", "0022_calendar_guards"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
