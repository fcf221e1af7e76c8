"""Read a register file and say what is wrong with it; nothing is written to the database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.reading import NotARegister, Reading, read_register

REFUSED = 2


class Command(BaseCommand):
    """`check_register FILE [--json]`: exit 0 when the file can be read, 2 when it is refused."""

    help = "Read a register file (.xlsx or .csv) and list the rows that could not be taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to answer for machines."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then print."""
        path: Path = options["file"]
        try:
            reading = read_register(path.name, path.read_bytes(), on=timezone.localdate())
        except (NotARegister, OSError) as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(_as_json(reading) if options["json"] else _as_text(reading))


def _as_json(reading: Reading) -> str:
    rejected = [{"sheet": r.sheet, "row": r.row, "reason": r.reason} for r in reading.rejected]
    answer = {"rows": reading.rows, "good": reading.good, "rejected": rejected}
    return json.dumps(answer, ensure_ascii=False)


def _as_text(reading: Reading) -> str:
    head = _("%(rows)d rows read, %(good)d can be taken.")
    lines = [head % {"rows": reading.rows, "good": reading.good}]
    lines += [f"{r.sheet}, {r.row}: {r.reason}" for r in reading.rejected]
    return "\n".join(lines)
