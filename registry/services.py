"""Importing a file: what it would do, keeping it, and writing it in pieces that can be resumed."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from casework import trail
from registry.importing.kinds import IMPORTERS, File
from registry.importing.plans import Plan, Planned, as_planned, in_order
from registry.models import BatchState, ImportBatch, ImportRow, Outcome
from registry.reading import NotARegister, Rejected

ROWS_AT_ONCE = 100

Clock = Callable[[], datetime]


def receive(
    *,
    kind: str,
    name: str,
    content: bytes,
    owner: Organisation | None,
    by_id: int | None,
    at: datetime,
) -> ImportBatch:
    """Keep a file that can be read; nothing of it is written. Raises NotARegister."""
    file = IMPORTERS[kind].read(name, content, on=timezone.localdate(at))
    return ImportBatch.objects.create(
        kind=kind,
        owner=owner,
        by_id=by_id,
        at=at,
        progressed_at=at,
        file_name=name[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        total=len(file.rows) + len(file.rejected),
    )


def plan_file(*, kind: str, name: str, content: bytes, owner_id: int | None, at: datetime) -> Plan:
    """What this file would change now. Raises NotARegister."""
    importer, on = IMPORTERS[kind], timezone.localdate(at)
    file = importer.read(name, content, on=on)
    planned = importer.plan(file.rows, owner_id=owner_id, on=on)
    return Plan(in_order([*planned, *map(as_planned, file.rejected)]))


def plan_batch(batch: ImportBatch) -> Plan:
    """What a batch kept would change, if it were written now."""
    return plan_file(
        kind=batch.kind,
        name=batch.file_name,
        content=bytes(batch.content),
        owner_id=batch.owner_id,
        at=batch.at,
    )


def queue(batch: ImportBatch, *, at: datetime) -> bool:
    """Ask for a batch to be written; False when that has been asked before."""
    ready = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.READY)
    return bool(ready.update(state=BatchState.QUEUED, progressed_at=at))


def write_batch(batch_id: int, *, clock: Clock) -> None:
    """Write a queued batch to its end, or on from where an earlier attempt stopped."""
    batch = ImportBatch.objects.under_way().filter(pk=batch_id).first()
    if batch is None:
        return
    try:
        file = _file(batch)
    except NotARegister as refusal:  # the reader has become stricter since the file came in
        batch.state, batch.refusal = BatchState.REFUSED, str(refusal)
        batch.save(update_fields=["state", "refusal"])
        return
    while _write_piece(batch_id, file, at=clock()):
        pass


def _file(batch: ImportBatch) -> File:
    """As of the day it came in: the order of its rows must not change between two attempts."""
    on = timezone.localdate(batch.at)
    return IMPORTERS[batch.kind].read(batch.file_name, bytes(batch.content), on=on)


@transaction.atomic
def _write_piece(batch_id: int, file: File, *, at: datetime) -> bool:
    """Write the next rows and count them in one transaction; False when none are left."""
    batch = ImportBatch.objects.select_for_update().under_way().filter(pk=batch_id).first()
    if batch is None:
        return False
    importer, on = IMPORTERS[batch.kind], timezone.localdate(batch.at)
    importer.lock()
    piece = (*file.rows, *file.rejected)[batch.done_rows : batch.done_rows + ROWS_AT_ONCE]
    rows = [row for row in piece if not isinstance(row, Rejected)]
    planned = importer.plan(rows, owner_id=batch.owner_id, on=on)
    importer.write(planned, owner_id=batch.owner_id, on=on)
    planned += [as_planned(row) for row in piece if isinstance(row, Rejected)]
    _note(batch, planned)
    _advance(batch, planned, at=at)
    return batch.state == BatchState.APPLYING


def _note(batch: ImportBatch, planned: Sequence[Planned]) -> None:
    ImportRow.objects.bulk_create(
        ImportRow(
            batch=batch,
            position=position,
            sheet=row.where.sheet[:255],
            n=row.where.row,
            line=row.where.line,
            outcome=row.outcome,
            reason_code=row.reason_code,
            reason=row.reason,
            organisation_id=row.organisation_id,
            was={name: was for name, (was, _) in row.changes.items()},
            becomes={name: becomes for name, (_, becomes) in row.changes.items()},
        )
        for position, row in enumerate(planned, start=batch.done_rows + 1)
    )


def _advance(batch: ImportBatch, planned: Sequence[Planned], *, at: datetime) -> None:
    counts = Plan(planned).counts()
    batch.done_rows += len(planned)
    batch.created += counts[Outcome.CREATED]
    batch.updated += counts[Outcome.UPDATED]
    batch.unchanged += counts[Outcome.UNCHANGED]
    batch.progressed_at = at
    batch.state = BatchState.APPLYING
    if batch.done_rows >= batch.total:
        batch.state, batch.content = BatchState.DONE, b""
        trail.record(
            tenant=batch.owner_id or 0,
            actor=batch.by_id,
            action=f"{batch.kind}.imported",
            subject=f"import:{batch.pk}",
            values=batch.sha256,
        )
    batch.save()
