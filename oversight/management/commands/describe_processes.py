"""`manage.py describe_processes`: the pages of docs/ that are written from the code."""

import difflib
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from oversight.describing import permissions, processes, steps

SINGLE = {"permissions.md": permissions.page, "steps.md": steps.page}


class Command(BaseCommand):
    """Write docs/processes/*.md, permissions.md and steps.md, or say where they differ."""

    help = "Write the pages on processes, steps and permissions; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Compare without writing when asked."""
        parser.add_argument("--check", action="store_true", help="exit 1 when a page differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or compare."""
        docs = Path(settings.BASE_DIR) / "docs"
        with translation.override("en"):
            pages = _pages(docs)
        standing = {*(docs / "processes").glob("*.md"), *(docs / name for name in SINGLE)}
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
        texts = {path: _read(path) for path in sorted({*pages, *standing})}
        differing = {path: text for path, text in texts.items() if text != pages.get(path)}
        for path, text in differing.items():
            self.stdout.write(
                f"{path.name} is not what the code says: run `manage.py describe_processes`."
            )
            for line in _differences(text or "", pages.get(path, "")):
                self.stdout.write(line)
        if differing:
            sys.exit(1)


def _pages(docs: Path) -> dict[Path, str]:
    pages = {
        docs / "processes" / f"{flow.kind}.md": processes.page(flow) for flow in processes.flows()
    }
    return pages | {docs / name: page() for name, page in SINGLE.items()}


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _differences(stands: str, said: str) -> Iterable[str]:
    """The lines that stand there (-) and those that the code says (+)."""
    lines = difflib.unified_diff(stands.splitlines(), said.splitlines(), lineterm="", n=0)
    return [f"  {line}" for line in lines if not line.startswith(("---", "+++", "@@"))]
