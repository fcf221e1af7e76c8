"""`manage.py retention`: delete or empty what has been kept long enough."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from oversight.keeping import retention


class Command(BaseCommand):
    """Say for every category how many rows it concerned; a dry run changes nothing."""

    help = "Delete or empty what has been kept long enough, by the table of retention."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only count when asked to; JSON alone on standard output when asked."""
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """All categories, in their order."""
        dry = options["dry_run"]
        done = retention.run(timezone.now(), dry=dry)
        if options["json"]:
            rows = [
                {
                    "category": one.category.code,
                    "before": one.before.isoformat(),
                    "fate": one.category.fate.value,
                    "rows": one.due,
                }
                for one in done
            ]
            self.stdout.write(json.dumps({"dry_run": dry, "categories": rows}))
            return
        with translation.override("en"):
            for one in done:
                what = f"{one.category.what}, before {one.before:%Y-%m-%d}"
                verb = f"to be {one.category.fate.value}" if dry else one.category.fate.value
                self.stdout.write(f"{what}: {one.due} {verb}.")
