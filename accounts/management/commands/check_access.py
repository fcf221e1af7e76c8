"""`manage.py check_access`: do guardian's rows say what the memberships say?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.memberships import differences


class Command(BaseCommand):
    """List every difference; exit 1 when there is one."""

    help = "Compare groups and object permissions with the memberships in force."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """JSON alone on standard output when asked."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute what should be and print what differs."""
        found = list(differences(timezone.localdate()))
        if options["json"]:
            answer = {"ok": not found, "differences": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(answer))
        else:
            for one in found:
                self.stdout.write(f"{one.what}: {one.group}, {one.detail}")
            self.stdout.write(f"{len(found)} differences.")
        if found:
            sys.exit(1)
