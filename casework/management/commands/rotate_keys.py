"""`manage.py rotate_keys`: seal anew with the newest key what older keys sealed."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts import rotation, sealing
from casework import trail


class Command(BaseCommand):
    """Say how many values were sealed anew and how many are left; exit 1 when some do not open."""

    help = "Seal every sealed value anew with the newest key; may be run again at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only count when asked to; JSON alone on standard output when asked."""
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Column by column; the dry run counts what waits."""
        dry = options["dry_run"]
        done = rotation.waiting() if dry else rotation.rotate()
        key = sealing.key_id(sealing.ring()[0])
        resealed, closed = sum(one.resealed for one in done), sum(one.closed for one in done)
        if resealed:
            what = f"{key}|{resealed}|{closed}"
            trail.record(tenant=0, actor=None, action="keys.rotated", subject="keys", values=what)
        rows = {
            one.column: {"resealed": one.resealed, "left": one.left, "closed": one.closed}
            for one in done
        }
        if options["json"]:
            self.stdout.write(json.dumps({"key": key, "dry_run": dry, "columns": rows}))
        else:
            self._say(key, rows)
        if closed:
            sys.exit(1)

    def _say(self, key: str, rows: dict[str, dict[str, int]]) -> None:
        self.stdout.write(f"The newest key is {key}.")
        for name, row in rows.items():
            self.stdout.write(f"{name}: {row['resealed']} sealed anew, {row['left']} left.")
            if row["closed"]:
                self.stdout.write(f"{name}: {row['closed']} open with none of the keys.")
