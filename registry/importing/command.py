"""What every command that imports a file does: plan, write if asked to, tell people or machines."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from registry import queries, services
from registry.importing.plans import Plan, Planned
from registry.models import Outcome
from registry.reading import NotARegister

REFUSED = 2


class NoOwner(Exception):
    """The organisation for which the file should be imported is not in the register."""


class ImportCommand(BaseCommand):
    """A dry run unless `--apply`; exit 0 when the file could be read, 2 when it is refused.

    A subclass says which `kind` of file it takes and for whom it is imported.
    """

    kind: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whether to write, and whether to answer for machines."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--json", action="store_true")

    def owner(self, options: dict[str, Any]) -> Organisation | None:
        """The organisation that imports; raises NoOwner."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, write if asked to, print."""
        try:
            plan = self._import(options["file"], self.owner(options), apply=options["apply"])
        except (NotARegister, NoOwner, OSError) as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(_as_json(plan) if options["json"] else _as_text(plan))

    def _import(self, path: Path, owner: Organisation | None, *, apply: bool) -> Plan:
        at, content = timezone.now(), path.read_bytes()
        if not apply:
            owner_id = owner.pk if owner else None
            return services.plan_file(
                kind=self.kind, name=path.name, content=content, owner_id=owner_id, at=at
            )
        batch = services.receive(
            kind=self.kind, name=path.name, content=content, owner=owner, by_id=None, at=at
        )
        services.queue(batch, at=at)
        services.write_batch(batch.pk, clock=timezone.now)
        return queries.written(batch)


def _as_json(plan: Plan) -> str:
    rejected = [_rejected(row) for row in plan.of(Outcome.REJECTED)]
    answer = {"rows": len(plan.rows), **plan.counts(), "rejected": rejected}
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
