"""Suspending a person, by their NGO or the Department: through a day, or until it is lifted."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from casework.parties import the_clock
from casework.process import STAYS, Ask, Clock, Flow, Length, Stage, Step, Text, asked
from casework.terms import calendar_days, until
from face.templatetags.face import day
from volunteers.barring import consequences as then
from volunteers.barring import rules
from volunteers.barring.parties import own_side, suspender, the_person
from volunteers.barring.words import in_both
from volunteers.models import PersonSuspension, SuspensionGround

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ground:
    """Why somebody is suspended."""

    ground: str = asked(_("Ground"), choices=SuspensionGround)
    reason: str = asked(
        _("What happened"),
        long=True,
        hint=_(
            "The person will read it; institutions and other NGOs will not. No names of residents, "
            "nothing about health."
        ),
    )


@dataclass(frozen=True)
class Lifting:
    """Why it is lifted."""

    reason: str = asked(_("Why it is lifted"), long=True)


def _end(detail: PersonSuspension) -> datetime | None:
    if detail.through_on is None:
        return None
    return datetime.combine(detail.through_on + ONE_DAY, time.min, ZoneInfo(detail.case.owner.zone))


def _without_end(ask: Ask[PersonSuspension]) -> Length | None:
    """What has no last day is looked at anew."""
    reviewed = calendar_days("person_suspension.review")
    return reviewed(ask) if ask.detail.through_on is None else None


class PersonSuspensionFlow(Flow[PersonSuspension]):
    """Whoever suspends sees first which visits it touches. Institutions and other NGOs learn that
    there is no clearance at present, never why.
    """

    kind, letter, title = "person_suspension", "U", _("Suspension of a person")
    model = PersonSuspension
    start = "draft"
    related = ("volunteer", "suspended_by", "lifted_by")
    until_its_end = Clock("end", _("The person is suspended until"), until(_end), "end")
    reviewing = Clock("review", _("Looking at it anew"), _without_end, "review")
    stages = {
        "draft": Stage(_("draft"), suspender),
        "in_force": Stage(
            _("the person is suspended"), suspender, (until_its_end, reviewing), "late"
        ),
        "lifted": Stage(_("lifted"), tone="done"),
        "ended": Stage(_("ended")),
    }

    suspend = Step(
        "draft",
        "in_force",
        by=suspender,
        label=_("Suspend the person"),
        past=_("The person was suspended"),
        asks=Ground,
        rules=rules.SUSPENDING,
        then=(then.write_the_suspension, then.tell_their_ngos),
        tell=(the_person, own_side),
        ripple="clearance",
        danger=True,
    )
    lift = Step(
        "in_force",
        "lifted",
        by=suspender,
        label=_("Let the person come again"),
        past=_("The person may come again"),
        asks=Lifting,
        rules=rules.BY_ANOTHER,
        then=(then.lift_the_suspension, then.tell_their_ngos_it_is_over),
        tell=(the_person, own_side),
        settles=True,
    )
    end = Step(
        "in_force",
        "ended",
        by=the_clock,
        label=_("End the person’s suspension"),
        past=_("The last day of the person’s suspension has passed"),
        then=(then.release, then.tell_their_ngos_it_is_over),
        tell=(the_person, own_side),
        settles=True,
    )
    review = Step(
        "in_force",
        STAYS,
        by=the_clock,
        label=_("Remind of the review"),
        past=_("It was time to look at the suspension anew"),
        tell=(suspender,),
        marks="review",
    )

    @classmethod
    def heading(cls, detail: PersonSuspension) -> str:
        """Who is suspended."""
        return str(_("Suspension: %(person)s") % {"person": detail.volunteer})

    @classmethod
    def facts(cls, detail: PersonSuspension) -> dict[str, Any]:
        """What the letters to the person and to those who suspended say."""
        ground = in_both(detail)
        return {
            "ref": detail.case.ref,
            "volunteer": str(detail.volunteer),
            "from_on": detail.from_on.isoformat(),
            "through_on": detail.through_on.isoformat() if detail.through_on else "",
            "ground_ru": ground["ground_ru"],
            "ground_en": ground["ground_en"],
        }

    @classmethod
    def shown(cls, detail: PersonSuspension) -> list[tuple[Text, Any]]:
        """Who, for how long, why, and by whom."""
        last = day(detail.through_on) if detail.through_on else _("Until it is lifted")
        rows: list[tuple[Text, Any]] = [
            (_("Person"), detail.volunteer),
            (_("First day"), day(detail.from_on)),
            (_("Last day"), last),
            (_("Ground"), detail.get_ground_display()),
            (_("What happened"), detail.reason),
            (_("Suspended by"), detail.suspended_by),
            (_("Lifted by"), detail.lifted_by),
        ]
        return [row for row in rows if row[1]]
