"""`manage.py describe`: the pages of docs/ that are written from the code."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from oversight.describing import permissions, processes


class Command(BaseCommand):
    """Write docs/processes/*.md and docs/permissions.md, or say where they differ."""

    help = "Write the pages on processes and permissions; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Compare without writing when asked."""
        parser.add_argument("--check", action="store_true", help="exit 1 when a page differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or compare."""
        docs = Path(settings.BASE_DIR) / "docs"
        with translation.override("en"):
            pages = _pages(docs)
        standing = {*(docs / "processes").glob("*.md"), docs / "permissions.md"}
        if options["check"]:
            self._compare(pages, standing)
            return
        for path in standing - pages.keys():
            path.unlink(missing_ok=True)
        for path, text in pages.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(pages)} pages written.")

    def _compare(self, pages: dict[Path, str], standing: set[Path]) -> None:
        differing = [
            path
            for path in sorted({*pages, *standing})
            if not path.exists() or path.read_text(encoding="utf-8") != pages.get(path)
        ]
        for path in differing:
            self.stdout.write(f"{path.name} is not what the code says: run `manage.py describe`.")
        if differing:
            sys.exit(1)


def _pages(docs: Path) -> dict[Path, str]:
    pages = {
        docs / "processes" / f"{flow.kind}.md": processes.page(flow) for flow in processes.flows()
    }
    return pages | {docs / "permissions.md": permissions.page()}
