"""Appealing, as the tests of this floor do it."""

from datetime import datetime
from typing import Any

from accounts.hats import Acting
from casework.models import Case
from registry import appealing
from registry.flows import AppealFlow as Flow
from registry.models import Appeal
from tests.registry.applicants import NOW, Applicant

WHY = "Опыт описан на второй странице"


def filed(ngo: Applicant, at: datetime = NOW, against: Case | None = None) -> Appeal:
    case = against or ngo.application.case
    return appealing.file(case, WHY, by=ngo.head, at=at, key=f"f{case.pk}-{at.isoformat()}")


def overturn(appeal: Appeal, by: Acting, at: datetime = NOW) -> None:
    Flow.overturn(appeal, by=by, at=at, key=f"o{appeal.pk}", reason="Опыт описан")


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def decision(case: Case, actor: Any, **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"before": "filed", "after": "upheld", "step": "uphold"}
    given |= {"at": NOW, "recorded_at": NOW, "rulebook_id": 1, "key": "raw", "asked": ""}
    return given | {"case": case, "actor": actor, "decides": True} | fields
