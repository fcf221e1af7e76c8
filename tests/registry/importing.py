"""What the tests of an import do again and again: plan a file, keep it, write it, look."""

from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from registry import services
from registry.importing.plans import Plan
from registry.models import Approved, ImportBatch, Institution, Ngo, Registration, Site
from tests.registry.world import SAMPLES

WORKBOOK = (SAMPLES / "register.xlsx").read_bytes()


def plan(content: bytes, name: str = "file.csv") -> Plan:
    """What this file would change now."""
    at = timezone.now()
    return services.plan_file(kind="register", name=name, content=content, owner_id=None, at=at)


def receive(content: bytes, name: str = "file.csv") -> ImportBatch:
    """A file that is kept and waits to be written."""
    at = timezone.now()
    batch = services.receive(
        kind="register", name=name, content=content, owner=None, by_id=None, at=at
    )
    services.queue(batch, at=at)
    return batch


def write(content: bytes, name: str = "file.csv") -> ImportBatch:
    """A file that is written to its end."""
    batch = receive(content, name)
    services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    return batch


def told(planned: Plan) -> list[tuple[Any, ...]]:
    """Everything that is said of a row, row by row."""
    return [
        (row.where, row.outcome, row.reason_code, row.reason, row.changes) for row in planned.rows
    ]


def contents() -> list[list[dict[str, Any]]]:
    """Every row of the register, table by table."""
    tables = (Organisation, Institution, Site, Ngo, Registration, Approved)
    return [list(table.objects.order_by("pk").values()) for table in tables]
