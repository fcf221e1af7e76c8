"""Whose move it is in each state of a guest mode and of an agreement, and by when."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Clock, Length, Stage
from casework.terms import until, working_days
from institutions.models import Agreement, AgreementState, GuestMode, ModeState
from institutions.parties import answerer, director, either_side

M, A = ModeState, AgreementState


def _end_of(on: date, detail: Any) -> datetime:
    """The end of this day where the institution is."""
    return datetime.combine(on + timedelta(days=1), time.min, ZoneInfo(detail.case.owner.zone))


def _end_of_mode(mode: GuestMode) -> datetime | None:
    # Declared without a last day, it holds until the director declares something newer.
    return None if mode.through_on is None else _end_of(mode.through_on, mode)


def _end_of_agreement(deal: Agreement) -> datetime:
    return _end_of(deal.last_on, deal)


def _end_of_pause(deal: Agreement) -> datetime:
    assert deal.suspended_through is not None  # noqa: S101  (the step has set it)
    return _end_of(deal.suspended_through, deal)


def _until_renewal(ask: Ask[Agreement]) -> Length | None:
    """So many days before its end; one that ends sooner is renewed when its sides think of it."""
    before = timedelta(days=ask.rules.number("agreement.renewal"))
    opens = _end_of_agreement(ask.detail) - before
    return Length(until=opens) if opens > ask.at else None


mode_ends = Clock("end", _("Ends"), until(_end_of_mode), on_silence="end")
MODE_STAGES: dict[str, Stage] = {
    M.DRAFT: Stage(M.DRAFT.label, director),
    M.IN_FORCE: Stage(M.IN_FORCE.label, director, (mode_ends,), "done"),
    M.SHUT: Stage(M.SHUT.label, director, (mode_ends,), "late"),
    M.ENDED: Stage(M.ENDED.label),
    M.SUPERSEDED: Stage(M.SUPERSEDED.label),
    M.WITHDRAWN: Stage(M.WITHDRAWN.label),
    M.REOPENED: Stage(M.REOPENED.label),
    M.DISCARDED: Stage(M.DISCARDED.label),
}

answer = Clock("answer", _("Answer"), working_days("agreement.answer"), on_silence="escalate")
term_ends = Clock("end", _("End of the term"), until(_end_of_agreement), on_silence="expire")
renewal = Clock("renewal", _("Until renewal"), _until_renewal, on_silence="remind")
pause_ends = Clock("pause", _("Suspended"), until(_end_of_pause), on_silence="hold_again")
last_day = Clock("last_day", _("Last day"), until(_end_of_agreement), on_silence="finish")
AGREEMENT_STAGES: dict[str, Stage] = {
    A.DRAFT: Stage(A.DRAFT.label, either_side),
    A.OFFERED: Stage(A.OFFERED.label, answerer, (answer,), "waiting"),
    A.ACTIVE: Stage(A.ACTIVE.label, either_side, (term_ends, renewal), "done"),
    A.SUSPENDED: Stage(A.SUSPENDED.label, either_side, (term_ends, pause_ends), "late"),
    A.ENDING: Stage(A.ENDING.label, either_side, (last_day,), "waiting"),
    A.DECLINED: Stage(A.DECLINED.label, tone="late"),
    A.WITHDRAWN: Stage(A.WITHDRAWN.label),
    A.EXPIRED: Stage(A.EXPIRED.label),
    A.ENDED: Stage(A.ENDED.label),
}
