"""The letter that a decision will send, before it is sent."""

from datetime import datetime
from typing import Any

from accounts.models import User
from casework.letters import Letter, letter
from casework.models import Notice
from visits.flows import VisitFlow
from visits.models import Visit


def preview(
    visit: Visit,
    step: str,
    language: str,
    *,
    supervisor: User | None = None,
    offered: datetime | None = None,
    code: str = "",
    reason: str = "",
) -> Letter:
    """What whoever asked will read; rendered from the letter's own template."""
    values: dict[str, Any] = VisitFlow.facts(visit) | {
        "supervisor": str(supervisor or visit.supervisor or ""),
        "code": code,
        "reason": reason,
    }
    if offered is not None:
        values["offered"] = offered.isoformat()
    notice = Notice(
        kind=f"{VisitFlow.kind}_{step}",
        person=visit.case.opened_by or User(),
        case=visit.case,
        values=values,
    )
    return letter(notice, language)
