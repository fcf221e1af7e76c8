"""The pages written from the code say what the code says."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_pages_of_processes_steps_and_permissions_are_up_to_date() -> None:
    out = StringIO()
    try:
        call_command("describe_processes", "--check", stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_a_page_that_differs_is_named_and_a_page_too_many_too(tmp_path: Path) -> None:
    with override_settings(BASE_DIR=tmp_path):
        call_command("describe_processes", stdout=StringIO())
        call_command("describe_processes", "--check", stdout=StringIO())
        processes = tmp_path / "docs" / "processes"
        (processes / "concern.md").write_text("Something else", encoding="utf-8")
        (processes / "old.md").write_text("No such process", encoding="utf-8")
        steps = tmp_path / "docs" / "steps.md"
        steps.write_text(steps.read_text(encoding="utf-8").replace("●", "○", 1), encoding="utf-8")
        out = StringIO()
        with pytest.raises(SystemExit) as stop:
            call_command("describe_processes", "--check", stdout=out)
        assert stop.value.code == 1
        told = out.getvalue().splitlines()
        named = [line.split()[0] for line in told if not line.startswith(" ")]
        assert named == ["concern.md", "old.md", "steps.md"]
        assert [line[:3] for line in told[-2:]] == ["  -", "  +"]
        call_command("describe_processes", stdout=StringIO())
        call_command("describe_processes", "--check", stdout=StringIO())
        assert not (processes / "old.md").exists()
