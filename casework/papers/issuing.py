"""Issuing a paper: once for what it says, with a number, a code and two hashes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from accounts.models import Organisation, User
from casework import trail
from casework.models import Case, Decision, Paper
from casework.papers.codes import new_code
from casework.papers.contents import content
from casework.papers.printing import pdf

# The folder of templates that print today. One that has printed is never changed: copy it.
EDITION = 1


def issue(
    kind: str,
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    language: str,
    at: datetime,
    case: Case | None = None,
    by: User | None = None,
    decision: Decision | None = None,
) -> Paper:
    """The paper that says this; what was issued before for the same is found, not made again.

    The same: of one decision, kind and language; without a decision, the very same content of the
    same day. It bears the day of its decision, whenever it is made. Raises TypeError where
    `values` do not fit `casework.papers.contents`.
    """
    whole = _whole(kind, values, organisation, decision.at if decision else at)
    paper = Paper(
        kind=kind,
        language=language,
        edition=EDITION,
        case=case,
        decision=decision,
        organisation=organisation,
        issued_by=by,
        issued_at=at,
        recorded_at=at,
        site=settings.OPEN_DOORS_URL,
        values=whole,
        sha256=_hash({"kind": kind, "language": language, "values": whole}),
    )
    return _issued(paper) or _written(paper)


def withdraw(paper: Paper, *, at: datetime, by: User | None) -> None:
    """From now on the paper is shown as withdrawn; a second time changes nothing."""
    if Paper.objects.filter(pk=paper.pk, withdrawn_at=None).update(withdrawn_at=at):
        paper.withdrawn_at = at
        _record(paper, "withdrawn", by)


def _whole(
    kind: str, values: Mapping[str, Any], organisation: Organisation, at: datetime
) -> dict[str, Any]:
    """What the paper says, with its head: later changes of a name do not change the paper."""
    on = at.astimezone(ZoneInfo(organisation.zone)).date()
    head = {"issuer": organisation.name, "issued_on": on}
    whole: dict[str, Any] = json.loads(
        json.dumps(head | asdict(content(kind, values)), default=_plain)
    )
    return whole


def _plain(value: object) -> str:
    """Days as ISO, texts that wait for their language as they read now."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _hash(said: dict[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _issued(paper: Paper) -> Paper | None:
    found = Paper.objects.filter(withdrawn_at=None, organisation=paper.organisation)
    if paper.decision_id:
        one = {"decision": paper.decision_id, "kind": paper.kind, "language": paper.language}
        return found.filter(**one).first()
    return found.filter(decision=None, case=paper.case, sha256=paper.sha256).first()


def _written(paper: Paper) -> Paper:
    paper.number, paper.code = _number(paper), new_code()
    paper.pdf_sha256 = hashlib.sha256(pdf(paper)).hexdigest()
    try:
        with transaction.atomic():
            paper.save()
            _record(paper, "issued", paper.issued_by)
    except IntegrityError:
        # Somebody asked for the same at the same moment, and was quicker.
        if other := _issued(paper):
            return other
        raise
    return paper


def _number(paper: Paper) -> str:
    """P-1042/2 is the second paper of a case; 1001/2026 belongs to none."""
    if paper.case:
        return f"{paper.case.ref}/{Paper.objects.filter(case=paper.case).count() + 1}"
    with connection.cursor() as cursor:
        cursor.execute("select nextval('casework_paper_number')")
        return f"{cursor.fetchone()[0]}/{paper.values['issued_on'][:4]}"


def _record(paper: Paper, what: str, by: User | None) -> None:
    trail.record(
        tenant=paper.case.owner_id if paper.case else paper.organisation_id,
        actor=by.pk if by else None,
        action=f"paper.{what}",
        subject=f"case:{paper.case_id}" if paper.case_id else f"paper:{paper.pk}",
        values=f"{paper.number}|{paper.sha256}|{paper.pdf_sha256}",
    )
