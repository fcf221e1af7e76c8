"""The visit as a process: asked for, answered, held or let go, come, confirmed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.parties import department, people_concerned, the_clock
from casework.process import STAYS, Flow, Stage, Step, Text
from face.templatetags.face import moment
from visits import consequences as then
from visits import rules
from visits.flows import asks
from visits.flows.stages import STAGES, S
from visits.models import Visit
from visits.parties import asker, coordinator, decider, desk, either_side
from visits.plans import planned


class VisitFlow(Flow[Visit]):
    """The asker asks; the institution answers in time, or the Department hears of it; at the
    slot's time an unanswered request lapses and frees the place. Silence never approves.
    """

    kind, letter, title, model, start = "visit", "V", _("Visit"), Visit, S.DRAFT
    related = (
        "case__owner",
        "institution__organisation",
        "institution__kind",
        "ngo__organisation",
        "slot__site",
        "offered_slot",
        "type_version__type",
        "supervisor",
    )
    stages: ClassVar[Mapping[str, Stage]] = STAGES

    request = Step(
        S.DRAFT,
        S.REQUESTED,
        by=asker,
        label=_("Send the request"),
        past=_("The visit was requested"),
        rules=(planned(*rules.BOOKING),),
        then=(then.take_the_places,),
        tell=(decider, people_concerned, coordinator),
    )
    book = Step(
        S.DRAFT,
        S.APPROVED,
        by=asker,
        label=_("Book the visit"),
        past=_("The visit was booked under the director’s standing consent"),
        rules=(planned(*rules.BOOKING), rules.standing_consent_applies),
        then=(then.take_the_places,),
        tell=(people_concerned, coordinator, desk),
        settles=True,
    )
    approve = Step(
        S.REQUESTED,
        S.APPROVED,
        by=decider,
        label=_("Approve"),
        past=_("The visit was approved"),
        asks=asks.Approval,
        rules=(planned(*rules.APPROVAL), rules.a_supervisor_is_named),
        then=(then.name_the_supervisor,),
        tell=(people_concerned, asker, coordinator),
        decides=True,
        settles=True,
    )
    move = Step(
        S.REQUESTED,
        S.OFFERED,
        by=decider,
        label=_("Offer another time"),
        past=_("Another time was offered"),
        asks=asks.AnotherTime,
        rules=(rules.a_supervisor_is_named,),
        then=(then.hold_the_offered, then.name_the_supervisor),
        tell=(asker, coordinator, people_concerned),
        decides=True,
    )
    refuse = Step(
        S.REQUESTED,
        S.REFUSED,
        by=decider,
        label=_("Refuse"),
        past=_("The visit was refused"),
        asks=asks.Refusal,
        rules=(rules.a_reason_is_written, rules.the_refusal_is_true),
        then=(then.free_the_places,),
        tell=(asker, coordinator, people_concerned),
        decides=True,
        settles=True,
        danger=True,
    )
    accept = Step(
        S.OFFERED,
        S.APPROVED,
        by=asker,
        label=_("Take the offered time"),
        past=_("The offered time was taken"),
        then=(then.move_to_the_offered,),
        tell=(desk, people_concerned, coordinator),
        settles=True,
    )
    withdraw = Step(
        (S.REQUESTED, S.OFFERED),
        S.WITHDRAWN,
        by=asker,
        label=_("Withdraw the request"),
        past=_("The request was withdrawn"),
        asks=asks.Why,
        then=(then.free_the_places,),
        tell=(decider, people_concerned, coordinator),
        settles=True,
    )
    decline = Step(
        (S.REQUESTED, S.OFFERED, S.APPROVED),
        STAYS,
        by=people_concerned,
        label=_("I cannot come"),
        past=_("One person declined"),
        asks=asks.Why,
        then=(then.let_one_go,),
        tell=(coordinator, desk),
    )
    take_off = Step(
        (S.REQUESTED, S.OFFERED, S.APPROVED),
        STAYS,
        by=the_clock,
        label=_("Take off"),
        past=_("Somebody who is not cleared any more was taken off the visit"),
        then=(then.take_one_off,),
        tell=(people_concerned, coordinator, desk),
    )
    cancel = Step(
        S.APPROVED,
        S.CANCELLED,
        by=either_side,
        label=_("Cancel the visit"),
        past=_("The visit was cancelled"),
        asks=asks.Calling,
        then=(then.free_the_places,),
        tell=(people_concerned, asker, coordinator, desk),
        danger=True,
    )
    escalate = Step(
        S.REQUESTED,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("Nobody answered in time; the Department was told"),
        tell=(department, decider, asker),
        marks="answer",
    )
    lapse = Step(
        (S.REQUESTED, S.OFFERED),
        S.LAPSED,
        by=the_clock,
        label=_("Lapse"),
        past=_("Its time came without an answer: the request lapsed"),
        then=(then.free_the_places,),
        tell=(asker, people_concerned, coordinator, department),
        settles=True,
    )
    let_lapse = Step(
        S.OFFERED,
        S.LAPSED,
        by=the_clock,
        label=_("Lapse"),
        past=_("The offered time was not answered: the request lapsed"),
        then=(then.free_the_places,),
        tell=(asker, people_concerned, coordinator, desk),
        settles=True,
    )
    displace = Step(
        (S.REQUESTED, S.OFFERED, S.APPROVED),
        S.CANCELLED,
        by=the_clock,
        label=_("Cancel"),
        past=_("The visit was cancelled because what it rested on has changed"),
        then=(then.free_the_places,),
        tell=(people_concerned, asker, coordinator),
    )
    finish = Step(
        S.APPROVED,
        S.DONE,
        by=the_clock,
        label=_("Finish"),
        past=_("The visit’s time is over"),
        then=(then.note_who_did_not_come, then.end_the_time),
        tell=(coordinator,),
    )
    escalate_hours = Step(
        S.DONE,
        STAYS,
        by=the_clock,
        label=_("Remind"),
        past=_("The hours were not confirmed in time; the NGO was reminded"),
        tell=(coordinator,),
        marks="hours",
    )
    close = Step(
        S.DONE,
        S.CLOSED,
        by=coordinator,
        label=_("Confirm the hours"),
        past=_("The hours were confirmed"),
        then=(then.confirm_the_hours,),
        tell=(people_concerned,),
    )

    @classmethod
    def heading(cls, detail: Visit) -> str:
        """Who comes where, and when."""
        names = detail.ngo.organisation.short_name, detail.institution.organisation.short_name
        return f"{names[0]} → {names[1]}, {moment(detail.during.lower)}"

    @classmethod
    def facts(cls, detail: Visit) -> dict[str, Any]:
        """What letters say; a calendar entry goes with a visit that is booked or called off."""
        version, slot = detail.type_version, detail.slot
        found: dict[str, Any] = {
            "ref": detail.case.ref,
            "link": reverse("visit", args=[detail.case.ref]),
            "institution": detail.institution.organisation.short_name,
            "ngo": detail.ngo.organisation.short_name,
            "begins": slot.during.lower.isoformat(),
            "ends": slot.during.upper.isoformat(),
            "place": f"{slot.site.name}, {slot.site.address}".strip(", "),
            "type_ru": version.name_ru,
            "type_en": version.name_en,
            "supervisor": str(detail.supervisor or ""),
            "offered": detail.offered_slot.during.lower.isoformat() if detail.offered_slot else "",
        }
        if detail.case.state in {S.APPROVED, S.CANCELLED}:
            found["calendar"] = {
                "uid": f"{detail.case.ref}@open-doors",
                "sequence": detail.case.version,
                "begins": found["begins"],
                "ends": found["ends"],
                "stamp": found["begins"],
                "place": f"{found['institution']}, {found['place']}",
                "cancelled": detail.case.state == S.CANCELLED,
            }
        return found

    @classmethod
    def shown(cls, detail: Visit) -> list[tuple[Text, Any]]:
        """The facts of the visit's page."""
        parts = detail.participations.select_related("volunteer").order_by("pk")
        rows: list[tuple[Text, Any]] = [
            (_("When"), moment(detail.during.lower)),
            (_("Where"), f"{detail.slot.site.name}, {detail.slot.site.address}".strip(", ")),
            (_("What"), detail.type_version.name),
            (_("Who comes"), ", ".join(str(one.volunteer) for one in parts if one.coming)),
        ]
        if detail.supervisor:
            rows.append((_("With the visitors"), str(detail.supervisor)))
        if detail.offered_slot:
            rows.append((_("Offered time"), moment(detail.offered_slot.during.lower)))
        if detail.programme:
            rows.append((_("Programme"), detail.programme))
        return rows
