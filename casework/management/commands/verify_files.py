"""`manage.py verify_files`: are the bytes of every file still those that were taken in?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from casework.files.store import verify


class Command(BaseCommand):
    """Say how many files were read and name every damaged one; exit 1 when there is one."""

    help = "Verify the files: finds bytes that are missing or do not match their hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """JSON alone on standard output when asked."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every file once."""
        read, damaged = verify()
        if options["json"]:
            found = [asdict(one) for one in damaged]
            self.stdout.write(json.dumps({"files": read, "ok": not damaged, "damaged": found}))
        else:
            for one in damaged:
                how = "is missing" if one.missing else "does not match its hash"
                self.stdout.write(f"File {one.pk} ({one.sha256}) {how}.")
            if not damaged:
                self.stdout.write(f"{read} files, every one as it was taken in.")
        if damaged:
            sys.exit(1)
