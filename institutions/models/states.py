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
    DECLINED = "declined", _("declined by the other side")
    WITHDRAWN = "withdrawn", _("offer withdrawn")
    EXPIRED = "expired", _("its term is over")
    ENDED = "ended", _("ended by one of the sides")


PUBLISHED = (ModeState.IN_FORCE, ModeState.SHUT)
SIGNED = (AgreementState.ACTIVE, AgreementState.ENDING)
