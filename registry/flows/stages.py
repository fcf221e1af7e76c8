"""Where an NGO's application stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class A(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("formal check")
    RETURNED = "returned", _("returned with a list of defects")
    REVIEW = "review", _("under review")
    ASKED = "asked", _("information requested")
    REGISTERED = "registered", _("registered")
    EXPIRING = "expiring", _("registered, the period ends soon")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed: the defects were not mended in time")
    EXCLUDED = "excluded", _("excluded from the register")
    EXPIRED = "expired", _("expired")
