"""`manage.py import_register FILE`: what an old register would change, and changing it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry import queries, services
from registry.importing.plans import Plan, Planned
from registry.models import Outcome
from registry.reading import NotARegister

REFUSED = 2
KIND = "register"


class Command(BaseCommand):
    """A dry run unless `--apply`; exit 0 when the file could be read, 2 when it is refused."""

    help = "Import a register file (.xlsx or .csv): say what it would change, or change it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whether to write, and whether to answer for machines."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, write if asked to, print."""
        path: Path = options["file"]
        try:
            plan = _import(path, apply=options["apply"])
        except (NotARegister, OSError) as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(_as_json(plan) if options["json"] else _as_text(plan))


def _import(path: Path, *, apply: bool) -> Plan:
    at, content = timezone.now(), path.read_bytes()
    department = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).first()
    if not apply:
        owner_id = department.pk if department else None
        return services.plan_file(
            kind=KIND, name=path.name, content=content, owner_id=owner_id, at=at
        )
    batch = services.receive(
        kind=KIND, name=path.name, content=content, owner=department, by_id=None, at=at
    )
    services.queue(batch, at=at)
    services.write_batch(batch.pk, clock=timezone.now)
    return queries.written(batch)


def _as_json(plan: Plan) -> str:
    counts = plan.counts()
    rejected = [_rejected(row) for row in plan.of(Outcome.REJECTED)]
    answer = {"rows": len(plan.rows), **counts, "rejected": rejected}
    return json.dumps(answer, ensure_ascii=False)


def _rejected(row: Planned) -> dict[str, object]:
    where = row.where
    told: dict[str, object] = {"sheet": where.sheet, "row": where.row, "reason": row.reason}
    return told if where.row is not None else told | {"line": where.line}


def _as_text(plan: Plan) -> str:
    head = _(
        "%(rows)d rows: %(created)d new, %(updated)d changed, %(unchanged)d unchanged, "
        "%(rejected)d not taken."
    )
    lines = [head % {"rows": len(plan.rows), **plan.counts()}]
    for row in plan.of(Outcome.REJECTED):
        number = row.where.row if row.where.row is not None else _("line %d") % row.where.line
        lines.append(f"{row.where.sheet}, {number}: {row.reason}")
    return "\n".join(lines)
