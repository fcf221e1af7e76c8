"""What each of the three parties promises by an agreement, in words: on paper and on every page.

Whether a duty was done is never declared: `visits.queries.duties` counts it from what happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.parameters import Rules
from casework.process import Text
from casework.units import amount


class Party(models.TextChoices):
    """The three parties of an agreement."""

    INSTITUTION = "institution", _("Institution")
    NGO = "ngo", _("NGO")
    VOLUNTEERS = "volunteers", _("Volunteers")


@dataclass(frozen=True)
class Duty:
    """One promise of one party; its words may name the numbers of `numbers`."""

    code: str
    party: Party
    words: Text


DUTIES = (
    Duty("answer", Party.INSTITUTION, _("The institution answers every request in time.")),
    Duty(
        "receive",
        Party.INSTITUTION,
        _("The institution receives whom it has approved, or calls the visit off %(hours)s ahead."),
    ),
    Duty(
        "meet",
        Party.INSTITUTION,
        _("Where children live, the institution names who of its staff is with the volunteers."),
    ),
    Duty(
        "visits",
        Party.NGO,
        _("The NGO holds the visits it has agreed on, or calls them off %(hours)s ahead."),
    ),
    Duty("hours", Party.NGO, _("The NGO confirms the volunteers’ hours in time.")),
    Duty("cleared", Party.NGO, _("Those whom the NGO names are cleared when they come.")),
    Duty(
        "limits",
        Party.NGO,
        _("The NGO stays within the limits: visits a week and people in a visit."),
    ),
    Duty(
        "brief",
        Party.NGO,
        _(
            "The NGO briefs its volunteers on the risks before the first visit and then at least "
            "every %(months)s."
        ),
    ),
    Duty(
        "come",
        Party.VOLUNTEERS,
        _("Volunteers come when they are expected, or say %(hours)s ahead that they cannot."),
    ),
    Duty("leave", Party.VOLUNTEERS, _("Volunteers check out at the gate when they leave.")),
)


def numbers(rules: Rules) -> dict[str, str]:
    """The numbers that the words of duties name, with their units."""
    return {
        "hours": amount(rules.number("visit.call_off"), "hours"),
        "months": amount(rules.number("agreement.briefing"), "months"),
    }


def words(rules: Rules, *parties: Party) -> list[str]:
    """What these parties promise, as a paper lists it."""
    return [said(one.words, numbers(rules)) for one in of(*parties)]


def said(text: Text, named: dict[str, str]) -> str:
    """A sentence with its numbers in it."""
    return str(text) % named


def of(*parties: Party) -> Iterable[Duty]:
    """The duties of these parties."""
    return (one for one in DUTIES if one.party in parties)
