"""What the steps of doors and agreements ask."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.process import Text, asked


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
    safety: bool = asked(
        _("It ends at once, for the safety of people"),
        required=False,
        hint=_("Otherwise the other side is warned in time: the rulebook says how many days."),
    )
    reason: str = asked(_("Why"), long=True, hint=_("The other side will read it."))


@dataclass(frozen=True)
class Suspending:
    """Through which day an agreement is held back, and why."""

    through_on: date = asked(  # noqa: RUF009  (it makes a field)
        _("Last day of the suspension"),
        hint=_("Visits through this day are touched: you see them before you confirm."),
    )
    reason: str = asked(_("Why"), long=True, hint=_("The other side and the Department read it."))


class Ground(models.TextChoices):
    """Why a proposal is refused: only these, always with words (DOMAIN (b))."""

    R1 = "R1", _("information is missing, or was not given when asked for")
    R2 = "R2", _("something in the proposal is not true")
    R3 = "R3", _("the types of interaction do not fit what the institution does")
    R4 = "R4", _("the register does not allow the NGO these types")
    R5 = "R5", _("the preparation is not enough for these residents")
    R6 = "R6", _("there is no free time for visits")
    R7 = "R7", _("an order closes the institution")
    R8 = "R8", _("it goes against the residents’ interests")


# What an institution must state when it accepts (decree 1425).
CONDITIONS: dict[str, Text] = {
    "risks": _("Restrictions and risks"),
    "rules": _("Rules of the house and of safety"),
    "disputes": _("How disputes are settled"),
    "ending": _("How long, and on what grounds it ends early"),
    "contact": _("Who answers for volunteers in the institution"),
    "other": _("Other conditions"),
}


@dataclass(frozen=True)
class Conditions:
    """On which conditions a proposal is accepted."""

    risks: str = asked(CONDITIONS["risks"], long=True)
    rules: str = asked(CONDITIONS["rules"], long=True)
    disputes: str = asked(CONDITIONS["disputes"], long=True)
    ending: str = asked(CONDITIONS["ending"], long=True)
    contact: str = asked(CONDITIONS["contact"])
    other: str = asked(CONDITIONS["other"], long=True, required=False)


@dataclass(frozen=True)
class ProposalRefusal:
    """A ground that holds, and its words."""

    code: str = asked(
        _("Ground"),
        choices=Ground,
        hint=_(
            "R3, R4, R6 and R7 can be chosen only where the catalogue, the register, the calendar "
            "or an order bears them out."
        ),
    )
    assessment: str = asked(
        _("For R8: whose assessment, and of which day"),
        required=False,
        hint=_("For example: the psychologist’s conclusion of 3 March."),
    )
    reason: str = asked(
        _("In your own words"),
        long=True,
        hint=_("The NGO will read it. Say what would have to change."),
    )


@dataclass(frozen=True)
class OtherGround:
    """A ground of which no code speaks."""

    reason: str = asked(
        _("The ground, in your own words"),
        long=True,
        hint=_("It goes to the Department at once, which lets the refusal stand or overturns it."),
    )


@dataclass(frozen=True)
class Grounds:
    """Why a refusal is questioned."""

    reason: str = asked(
        _("Why you disagree with the refusal"),
        long=True,
        hint=_("The proposal itself goes along as it is; nothing can be changed in it now."),
    )


@dataclass(frozen=True)
class Information:
    """What must be known."""

    reason: str = asked(
        _("What you need to know"),
        long=True,
        hint=_("One list, once. The term gets longer by it, and a second time is not possible."),
    )


@dataclass(frozen=True)
class Supplied:
    """What was asked for."""

    reason: str = asked(_("Your answer"), long=True)


@dataclass(frozen=True)
class Reasons:
    """Why it was decided so."""

    reason: str = asked(
        _("Reasons"), long=True, hint=_("Both sides will read them on the proposal’s page.")
    )
