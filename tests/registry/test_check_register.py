"""The command that reads a register file and says what is wrong with it."""

import json
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

SAMPLES = Path(__file__).resolve().parents[2] / "registry" / "samples"


@time_machine.travel("2026-11-23")
def test_command_answers_for_machines() -> None:
    out = StringIO()
    call_command("check_register", str(SAMPLES / "volunteers.csv"), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["rows"], answer["good"], len(answer["rejected"])) == (600, 592, 8)
    assert set(answer["rejected"][0]) == {"sheet", "row", "reason"}


@pytest.mark.parametrize("name", ["expected_faults.json", "nowhere.csv"])
def test_command_refuses_what_is_no_register(name: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("check_register", str(SAMPLES / name))
    assert refusal.value.returncode == 2
