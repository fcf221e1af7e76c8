"""The rehearsal clock: the one function for the time can be set for a transaction.

Only this app replaces it, and only the demonstration and the tests install this app: in
production the database's clock cannot be set by anybody.
"""

from django.db import migrations

REHEARSED = """
create or replace function casework_now() returns timestamptz language sql volatile as
    'select coalesce(nullif(current_setting(''open_doors.now'', true), '''')::timestamptz,
                     clock_timestamp())';
"""
REAL = """
create or replace function casework_now() returns timestamptz language sql volatile
    as 'select clock_timestamp()';
"""


class Migration(migrations.Migration):
    """One function, replaced."""

    dependencies = (("casework", "0002_trail"),)
    operations = (migrations.RunSQL(REHEARSED, REAL),)
