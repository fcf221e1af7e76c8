"""Verifying the audit trail, and noting who read it."""

from datetime import datetime

from django.db import transaction

from accounts.hats import Acting
from casework import trail
from oversight.models import Verification

READ, EXPORTED, VERIFIED = "audit.read", "audit.exported", "audit.verified"
SUBJECT = "audit"


def verify(*, by: Acting | None, at: datetime) -> Verification:
    """Read the trail from its first entry to its last, keep the result and note it."""
    entries, broken = trail.verify()
    with transaction.atomic():
        kept = Verification.objects.create(
            at=at,
            by_id=by.user.pk if by else None,
            entries=entries,
            ok=broken is None,
            broken_chain=broken.chain if broken else None,
            broken_seq=broken.seq if broken else None,
            reason=broken.reason if broken else "",
        )
        _note(VERIFIED, by, f"verification:{kept.pk}", f"{entries}|{kept.ok}")
    return kept


def note_reading(action: str, by: Acting, asked: str) -> None:
    """Who read the trail, when; what they searched for as a digest only."""
    _note(action, by, SUBJECT, asked)


def _note(action: str, by: Acting | None, subject: str, values: str) -> None:
    """In the chain of the reader's organisation; nobody's reading stands in the first one."""
    here = by.organisation if by else None
    actor = by.user.pk if by else None
    tenant = here.pk if here else 0
    trail.record(tenant=tenant, actor=actor, action=action, subject=subject, values=values)
