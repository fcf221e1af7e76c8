"""Questions about files that came in."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Acting
from registry.importing.labels import LABELS
from registry.importing.plans import Plan, Planned, in_order
from registry.models import ImportBatch, ImportRow, Outcome
from registry.reading import Where

BATCHES = 20
ORIGINS = 5
ROWS = 100  # of one outcome on a page; the others are counted


def batches(who: Acting, kind: str) -> QuerySet[ImportBatch, Any]:
    """The latest files of this kind, without their content."""
    seen = ImportBatch.objects.visible_to(who).filter(kind=kind)
    return seen.select_related("by").defer("content").order_by("-at", "-pk")[:BATCHES]


def written(batch: ImportBatch) -> Plan:
    """What became of the rows written so far, in the form in which it was planned."""
    rows = ImportRow.objects.filter(batch=batch).select_related("organisation")
    return Plan(in_order([_planned(row) for row in rows.order_by("position")]))


def shown(plan: Plan) -> dict[str, Any]:
    """A plan as a page shows it: counts, and the first rows of each outcome."""
    kept = [row for row in plan.rows if row.reason and row.outcome != Outcome.REJECTED]
    parts = {outcome.value: plan.of(outcome) for outcome in Outcome} | {"kept": kept}
    return {
        "counts": plan.counts() | {"kept": len(kept)},
        "parts": {name: [_shown(row) for row in rows[:ROWS]] for name, rows in parts.items()},
        "more": {name: max(0, len(rows) - ROWS) for name, rows in parts.items()},
    }


def to_mend(plan: Plan) -> list[list[str]]:
    """The rows not taken, as a table."""
    head = [_("Sheet"), _("Number"), _("Line"), _("Name"), _("Why")]
    return [head, *(_line(row) for row in plan.of(Outcome.REJECTED))]


def _line(row: Planned) -> list[str]:
    where = row.where
    number = "" if where.row is None else str(where.row)
    return [where.sheet, number, str(where.line), row.label, row.reason]


def _shown(row: Planned) -> dict[str, Any]:
    return {
        "where": row.where,
        "label": row.label,
        "reason": row.reason,
        "changes": [
            {"label": LABELS.get(name, name), "was": was, "becomes": becomes}
            for name, (was, becomes) in row.changes.items()
        ],
    }


def origins(organisation_id: int) -> list[dict[str, Any]]:
    """From which rows of which files this organisation's data came, the latest first."""
    rows = (
        ImportRow.objects.filter(
            organisation=organisation_id, outcome__in=(Outcome.CREATED, Outcome.UPDATED)
        )
        .select_related("batch")
        .defer("batch__content")
        .order_by("-pk")[:ORIGINS]
    )
    return [
        {
            "file": row.batch.file_name,
            "sheet": row.sheet,
            "n": row.n,
            "line": row.line,
            "at": row.batch.at,
            "outcome": row.get_outcome_display(),
        }
        for row in rows
    ]


def _planned(row: ImportRow) -> Planned:
    return Planned(
        where=Where(row.sheet, row.n, row.line),
        label=row.organisation.short_name if row.organisation else "",
        outcome=Outcome(row.outcome),
        changes={name: (was, row.becomes[name]) for name, was in row.was.items()},
        reason_code=row.reason_code,
        reason=row.reason,
        organisation_id=row.organisation_id,
    )
