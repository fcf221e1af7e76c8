"""Where a guest mode and an agreement stand; only the flow engine changes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ModeState(models.TextChoices):
    """Where a guest mode or a closure stands."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    SHUT = "shut", _("closure by order")
    ENDED = "ended", _("came to its end")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    WITHDRAWN = "withdrawn", _("withdrawn early")
    REOPENED = "reopened", _("reopened early")
    DISCARDED = "discarded", _("discarded")


class AgreementState(models.TextChoices):
    """Where an agreement stands."""

    DRAFT = "draft", _("draft")
    OFFERED = "offered", _("offered, not signed yet")
    ACTIVE = "active", _("in force")
    ENDING = "ending", _("ends on a set day")
    SUSPENDED = "suspended", _("suspended")
    DECLINED = "declined", _("declined by the other side")
    WITHDRAWN = "withdrawn", _("offer withdrawn")
    EXPIRED = "expired", _("its term is over")
    ENDED = "ended", _("ended by one of the sides")


class ProposalState(models.TextChoices):
    """Where a proposal of cooperation stands (DOMAIN (b))."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    RECEIVED = "received", _("taken in hand")
    ASKED = "asked", _("information requested")
    SUPPLIED = "supplied", _("information supplied")
    ACCEPTED = "accepted", _("accepted: the agreement is to be signed")
    REFUSED = "refused", _("refused")
    REVIEW = "review", _("with the founder for review")
    AGREED = "agreed", _("the agreement is signed")
    CLOSED = "closed", _("the refusal stands")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed: the NGO was not registered in time")
    DISCARDED = "discarded", _("discarded")


class ReviewState(models.TextChoices):
    """Where a founder review stands."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("under review")
    ASKED = "asked", _("information requested")
    OVERTURNED = "overturned", _("refusal overturned")
    UPHELD = "upheld", _("refusal upheld")


PUBLISHED = (ModeState.IN_FORCE, ModeState.SHUT)
SIGNED = (AgreementState.ACTIVE, AgreementState.ENDING)
