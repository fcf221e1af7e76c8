"""What the steps of a change ask, whatever is changed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.process import asked


@dataclass(frozen=True)
class WhyNot:
    """Why a change that was proposed does not come."""

    reason: str = asked(_("Why"), long=True, hint=_("Whoever proposed it will read it."))
