"""What the steps of doors and agreements ask."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.process import asked


class AgreementRefusal(models.TextChoices):
    """Why a side does not sign (DOMAIN 3.1 (b), as far as an agreement goes)."""

    R1 = "R1", _("something is missing in the offer")
    R2 = "R2", _("something in the offer is not true")
    R5 = "R5", _("the preparation is not enough for these residents")
    R6 = "R6", _("there is no room for more visits")
    R8 = "R8", _("it goes against the residents’ interests")
    R9 = "R9", _("something else")


@dataclass(frozen=True)
class Refusal:
    """A coded reason and its words."""

    code: str = asked(_("Reason"), choices=AgreementRefusal)
    reason: str = asked(
        _("In your own words"),
        long=True,
        hint=_("The other side will read it. Say what would have to change."),
    )


@dataclass(frozen=True)
class Early:
    """Why something stops before its time."""

    reason: str = asked(
        _("Why"), long=True, hint=_("Everybody who is told will read this sentence.")
    )


@dataclass(frozen=True)
class Why:
    """A sentence, if there is one to say."""

    reason: str = asked(_("Why"), long=True, required=False)


@dataclass(frozen=True)
class LastDay:
    """The day through which it still holds, and why it ends."""

    last_on: date = asked(  # noqa: RUF009  (it makes a field)
        _("Last day of the agreement"),
        hint=_("Visits after this day are touched: you see them before you confirm."),
    )
    reason: str = asked(_("Why"), long=True, hint=_("The other side will read it."))
