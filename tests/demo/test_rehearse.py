"""The command that fills the demonstration: an empty database only, up to a real moment only."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from tests.factories import department


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("rehearse", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_filled_database_is_left_alone() -> None:
    department()
    assert json.loads(told("--if-empty", "--json")) == {"rehearsed": False}
    with pytest.raises(CommandError):
        told()
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["soon", "2027-13-01T00:00", ""])
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CommandError):
        told("--now", text)
    assert not Organisation.objects.exists()
