"""Verifying the audit trail, noting who read what, asking about the data of oneself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework import trail
from casework.engine import open_case, retried
from casework.opening import sent_before
from casework.process import Objection, Refused
from oversight.flows import DataRequestFlow
from oversight.keeping import copying
from oversight.models import DataRequest, Verification
from volunteers.queries.partners import the_department

READ, EXPORTED, VERIFIED = "audit.read", "audit.exported", "audit.verified"
SUBJECT = "audit"
NOBODY_THERE = Objection(
    "no_department", _("Nobody answers for the Department here yet."), _("Write to it by post.")
)


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


def copy_for(person: User, *, by: Acting, at: datetime) -> bytes:
    """The copy of everything about whoever asks; that it was taken is itself recorded."""
    with transaction.atomic():
        made = copying.archive(person, at)
        _note("data.copied", by, f"person:{person.pk}", "")
    return made


def ask_about_data(
    person: User,
    what: str,
    *,
    by: Acting,
    at: datetime,
    key: str,
    words: str = "",
    wanted: dict[str, str] | None = None,
) -> DataRequest:
    """The person's own request, sent; the same key gives the same one. Raises Refused."""

    def once() -> DataRequest:
        if earlier := sent_before(DataRequestFlow.ask, by, key):
            known: DataRequest = earlier
            return known
        owner = the_department()
        if owner is None:
            raise Refused(NOBODY_THERE)
        case = open_case(DataRequestFlow, owner=owner, at=at, by=person, concerned=[person])
        asked = DataRequest(case=case, person=person, what=what, words=words, wanted=wanted or {})
        asked.save(force_insert=True)
        DataRequestFlow.ask(asked, by=by, at=at, key=key, opened=True)
        return asked

    return retried(once)
