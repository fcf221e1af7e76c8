"""How open a site is, as a process: declared by the director, ended by time or by the director."""

from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from casework.parties import department, the_clock
from casework.process import Flow, Step, Text
from face.templatetags.face import DOORS, day
from institutions import consequences as then
from institutions.flows import asks
from institutions.flows.stages import MODE_STAGES, M
from institutions.models import GuestMode
from institutions.parties import (
    desk,
    director,
    of_a_closure,
    of_a_mode,
    partners,
    staff,
)
from institutions.queries.house import named_types, type_names
from institutions.rules import modes as rules


class GuestModeFlow(Flow[GuestMode]):
    """The director declares a mode or closes by an order; what it touches is shown before. It
    ends by its last day if it has one, by a newer one, or early. Then the door stands ajar.
    """

    kind, letter, title, model, start = "guest_mode", "M", _("Door"), GuestMode, M.DRAFT
    related = (
        "case__owner",
        "institution__organisation",
        "institution__kind",
        "site",
        "supervisor",
    )
    stages = MODE_STAGES

    publish = Step(
        M.DRAFT,
        M.IN_FORCE,
        by=of_a_mode,
        label=_("Open the door so"),
        past=_("The mode was declared"),
        rules=rules.OPENING,
        then=(then.declare,),
        tell=(staff, partners),
        ripple="guest_mode",
    )
    close = Step(
        M.DRAFT,
        M.SHUT,
        by=of_a_closure,
        label=_("Close by the order"),
        past=_("The site was closed by order"),
        rules=rules.CLOSING,
        then=(then.declare,),
        tell=(department, staff, partners),
        ripple="guest_mode",
        danger=True,
    )
    discard = Step(
        M.DRAFT,
        M.DISCARDED,
        by=director,
        label=_("Discard the draft"),
        past=_("The draft was discarded"),
    )
    reopen = Step(
        M.SHUT,
        M.REOPENED,
        by=director,
        label=_("Reopen early"),
        past=_("The site was reopened before the end of the order"),
        asks=asks.Early,
        then=(then.stop,),
        tell=(department, staff, partners),
    )
    withdraw = Step(
        M.IN_FORCE,
        M.WITHDRAWN,
        by=director,
        label=_("Withdraw the mode"),
        past=_("The mode was withdrawn"),
        asks=asks.Early,
        then=(then.stop,),
        tell=(staff, partners),
        danger=True,
    )
    end = Step(
        (M.IN_FORCE, M.SHUT),
        M.ENDED,
        by=the_clock,
        label=_("End"),
        past=_("Its last day is over"),
        tell=(desk,),
    )
    supersede = Step(
        (M.IN_FORCE, M.SHUT),
        M.SUPERSEDED,
        by=the_clock,
        label=_("Replace"),
        past=_("A newer declaration took its place"),
    )

    @classmethod
    def heading(cls, detail: GuestMode) -> str:
        """The institution, the door, and from when."""
        house, word = detail.institution.organisation.short_name, DOORS[detail.level]
        return f"{house}: {str(word).lower()}, {day(detail.from_on)}"

    @classmethod
    def facts(cls, detail: GuestMode) -> dict[str, Any]:
        """What letters say; days as ISO text."""
        return {
            "ref": detail.case.ref,
            "institution": detail.institution.organisation.short_name,
            "site": detail.site.name,
            "level": detail.level,
            "from_on": detail.from_on.isoformat(),
            "through_on": detail.through_on.isoformat() if detail.through_on else "",
            "act_number": detail.act_number,
            "act_on": detail.act_on.isoformat() if detail.act_on else "",
            "why": detail.reason,
        }

    @classmethod
    def shown(cls, detail: GuestMode) -> list[tuple[Text, Any]]:
        """The facts of its page; what is empty is left out."""
        hours = "; ".join(
            f"{WEEKDAYS_ABBR[one.weekday]} {one.begins:%H:%M}–{one.ends:%H:%M} ({one.capacity})"
            for one in detail.windows.all()
        )
        order = _("No. %(number)s of %(day)s")
        types = named_types(detail.from_on).filter(pk__in=detail.types.values("pk"))
        notice = _("%(hours)d hours before") % {"hours": detail.notice_hours}
        rows: list[tuple[Text, Any]] = [
            (_("Where"), detail.site.name),
            (_("Door"), DOORS[detail.level]),
            (_("From which day"), day(detail.from_on)),
            (_("Through which day"), day(detail.through_on) if detail.through_on else ""),
            (_("Hours (places)"), hours),
            (_("Types taken"), ", ".join(type_names(types))),
            (_("Booked at the latest"), "" if detail.is_closure else notice),
            (_("Standing consent"), _("booked without an answer") if detail.instant else ""),
            (_("With the visitors then"), str(detail.supervisor or "")),
            (_("Conditions"), detail.conditions),
            (_("Reason"), detail.reason),
        ]
        if detail.act_on:
            values = {"number": detail.act_number, "day": day(detail.act_on)}
            rows.insert(2, (_("Order"), order % values))
        return [row for row in rows if row[1]]
