"""`manage.py verify_audit`: does the audit trail hold from the first entry to the last?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from casework.trail import verify


class Command(BaseCommand):
    """Say how many entries were read and name the first bad one; exit 1 when there is one."""

    help = "Verify the audit trail: finds edits, deletions, swaps and cut tails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """JSON alone on standard output when asked."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every chain once."""
        read, broken = verify()
        if options["json"]:
            answer = {"entries": read, "ok": broken is None, "broken": broken and asdict(broken)}
            self.stdout.write(json.dumps(answer))
        elif broken:
            self.stdout.write(f"Chain {broken.chain}, entry {broken.seq}: {broken.reason}.")
        else:
            self.stdout.write(f"{read} entries, every chain holds.")
        if broken:
            sys.exit(1)
