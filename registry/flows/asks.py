"""What the steps of a registration ask for: each a form of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.process import Choices, Text, asked
from registry.models import Application, Defect, Ground
from registry.queries.applications import wanted_pairs


def _wanted(detail: Application, _acting: Acting | None) -> Iterable[tuple[str, Text]]:
    return wanted_pairs(detail)


@dataclass(frozen=True)
class Defects:
    """One coded list."""

    defects: str = asked(_("What is missing or wrong"), choices=Defect, many=True)
    reason: str = asked(_("What exactly has to be mended"), long=True)


@dataclass(frozen=True)
class Question:
    """What the NGO is asked in the middle of the review."""

    reason: str = asked(
        _("What you need to know"),
        long=True,
        hint=_("The NGO will read it. You can ask once: the review gets longer by it once."),
    )


@dataclass(frozen=True)
class Answer:
    """What the NGO says to it."""

    reason: str = asked(_("Your answer"), long=True)


@dataclass(frozen=True)
class Grant:
    """Types of interaction by kind of institution."""

    granted: str = asked(
        _("Registered for"),
        choices=Choices(_wanted),
        many=True,
        hint=_("What you leave unticked is not allowed to the NGO."),
        initial=lambda detail: [pair for pair, _words in wanted_pairs(detail)],
    )


@dataclass(frozen=True)
class Reason:
    """Why."""

    reason: str = asked(_("Reasons"), long=True, hint=_("The NGO will read it."))


@dataclass(frozen=True)
class Exclusion:
    """On what ground, for how long it may not apply again, and why."""

    code: str = asked(_("Ground"), choices=Ground)
    months: int = asked(
        _("For how many months it may not apply again"),
        required=False,
        hint=_("Leave it empty where the NGO was liquidated."),
    )
    reason: str = asked(
        _("Reasons"),
        long=True,
        hint=_("What was found, when and by whom. The NGO will read it."),
    )
