"""What the steps of a visit and of a word to the Department ask."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.process import Choices, asked
from visits.queries import options
from visits.refusals import Cancellation, VisitRefusal


@dataclass(frozen=True)
class Approval:
    """Who of the staff is with the visitors."""

    supervisor: str = asked(
        _("Who of the staff is with the visitors"), choices=Choices(options.staff), required=False
    )
    reason: str = asked(_("A word to the visitors"), long=True, required=False)


@dataclass(frozen=True)
class Refusal:
    """A coded reason and its words."""

    code: str = asked(_("Reason"), choices=VisitRefusal)
    reason: str = asked(
        _("In your own words"),
        long=True,
        required=False,
        hint=_("The volunteers will read it. Say what they can do instead."),
    )


@dataclass(frozen=True)
class AnotherTime:
    """Another time instead, and who would be with the visitors."""

    slot: str = asked(_("Another time"), choices=Choices(options.other_slots))
    supervisor: str = asked(
        _("Who of the staff is with the visitors"), choices=Choices(options.staff), required=False
    )
    reason: str = asked(_("A word to the visitors"), long=True, required=False)


@dataclass(frozen=True)
class Calling:
    """Why an approved visit is called off."""

    code: str = asked(_("Reason"), choices=Cancellation)
    reason: str = asked(_("In your own words"), long=True)


@dataclass(frozen=True)
class Why:
    """A sentence."""

    reason: str = asked(_("In your own words"), long=True, required=False)


@dataclass(frozen=True)
class Answer:
    """What the Department answers."""

    reason: str = asked(
        _("Your answer"), long=True, hint=_("Whoever told the Department will read it.")
    )
