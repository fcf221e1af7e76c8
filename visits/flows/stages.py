"""Where a visit stands, whose move it is and by when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Clock, Length, Stage
from casework.terms import until, working_days
from institutions.models import Level
from visits.models import Visit
from visits.parties import asker, coordinator, decider, gate
from visits.plans import plan_of

ANSWER_BY_DOOR = {Level.WIDE: "open", Level.HALF: "scheduled"}


class S(models.TextChoices):
    """Where a visit stands. The four endings are never mixed (withdrawn: the asker; refused:
    the institution; lapsed: time; cancelled: after approval).
    """

    DRAFT = "draft", _("draft")
    REQUESTED = "requested", _("requested, not booked yet")
    OFFERED = "offered", _("another time is offered")
    APPROVED = "approved", _("booked")
    DONE = "done", _("took place, hours to confirm")
    CLOSED = "closed", _("closed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")
    CANCELLED = "cancelled", _("cancelled")


def _answer_time(ask: Ask[Visit]) -> Length:
    """The answer time of the guest mode in force on the day of asking (DOMAIN (f))."""
    level = plan_of(ask).asked.level
    return Length(ask.rules.number(f"visit.answer.{ANSWER_BY_DOOR.get(level, 'request')}"), "wd")


answer = Clock("answer", _("Answer"), _answer_time, on_silence="escalate")
begins = Clock(
    "begins", _("Lapses unanswered"), until(lambda v: v.during.lower), on_silence="lapse"
)
offer = Clock(
    "offer",
    _("Answer to the offered time"),
    working_days("visit.answer.offer"),
    on_silence="let_lapse",
)
ends = Clock("ends", _("Ends"), until(lambda v: v.during.upper), on_silence="finish")
hours = Clock(
    "hours", _("Confirm the hours"), working_days("hours.confirm"), on_silence="escalate_hours"
)
STAGES: dict[str, Stage] = {
    S.DRAFT: Stage(S.DRAFT.label, asker),
    S.REQUESTED: Stage(S.REQUESTED.label, decider, (answer, begins), "waiting"),
    S.OFFERED: Stage(S.OFFERED.label, asker, (offer, begins), "waiting"),
    S.APPROVED: Stage(S.APPROVED.label, gate, (ends,), "done"),
    S.DONE: Stage(S.DONE.label, coordinator, (hours,), "done"),
    S.CLOSED: Stage(S.CLOSED.label, tone="done"),
    S.REFUSED: Stage(S.REFUSED.label, tone="late"),
    S.WITHDRAWN: Stage(S.WITHDRAWN.label),
    S.LAPSED: Stage(S.LAPSED.label, tone="late"),
    S.CANCELLED: Stage(S.CANCELLED.label, tone="late"),
}
