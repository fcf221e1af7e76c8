"""Checking a person: an outcome is recorded, confirmed where two must agree, ends or is revoked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.parties import checker, department, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text, asked
from casework.terms import until, working_days
from volunteers import consequences as then
from volunteers import rules
from volunteers.models import Outcome
from volunteers.parties import coordinators, keeper, revoker, volunteer, whoever_loses_it

ONE_DAY = timedelta(days=1)


class Revocation(models.TextChoices):
    """Why an outcome counts no longer."""

    MISTAKE = "mistake", _("It was recorded by mistake")
    INVALID = "invalid", _("The paper turned out to be invalid")
    NEWS = "news", _("Something new became known")
    WISH = "wish", _("The volunteer wishes so")


@dataclass(frozen=True)
class Why:
    """Why it is revoked."""

    code: str = asked(_("The ground"), choices=Revocation)
    reason: str = asked(
        _("What happened"),
        long=True,
        hint=_("The volunteer will read it. Write nothing about health or convictions."),
    )


def end_of_validity(detail: Outcome) -> datetime | None:
    """The first moment at which it is valid no longer, where its owner is; None without an end."""
    if detail.valid_through is None:
        return None
    first = detail.valid_through + ONE_DAY
    return datetime.combine(first, time.min, ZoneInfo(detail.case.owner.zone))


class OutcomeFlow(Flow[Outcome]):
    """An outcome takes effect at once or by a second checker; silence never confirms it."""

    kind, letter, title, model = "outcome", "O", _("Check of a person"), Outcome
    related = ("requirement", "volunteer", "institution__organisation")
    start = "draft"
    second = Clock("second", _("Confirmation"), working_days("vetting.second"), "escalate")
    validity = Clock("validity", _("Valid"), until(end_of_validity), "expire")
    stages = {
        "draft": Stage(_("Draft"), keeper),
        "waiting_second": Stage(
            _("Waits for the second checker"), checker, (second,), tone="waiting"
        ),
        "valid": Stage(_("Valid"), volunteer, (validity,), tone="done"),
        "failed": Stage(_("Did not pass")),
        "rejected": Stage(_("Not confirmed")),
        "expired": Stage(_("Ended")),
        "revoked": Stage(_("Revoked"), tone="late"),
    }

    record = Step(
        "draft",
        "valid",
        by=keeper,
        label=_("Record"),
        past=_("Recorded as passed"),
        rules=rules.RECORDING_ALONE,
        then=(then.note_the_checker, then.let_it_count),
        tell=(volunteer,),
        settles=True,
    )
    fail = Step(
        "draft",
        "failed",
        by=keeper,
        label=_("Record as not passed"),
        past=_("Recorded as not passed"),
        rules=rules.RECORDING_ALONE,
        then=(then.note_the_checker,),
        tell=(volunteer,),
        settles=True,
    )
    hand_over = Step(
        "draft",
        "waiting_second",
        by=keeper,
        label=_("Pass on for confirmation"),
        past=_("Passed on to a second checker"),
        rules=rules.RECORDING,
        then=(then.note_the_checker,),
        tell=(checker,),
    )
    confirm = Step(
        "waiting_second",
        "valid",
        by=checker,
        label=_("Confirm as the second checker"),
        past=_("Confirmed by a second checker"),
        rules=rules.CONFIRMING,
        then=(then.note_the_second, then.let_it_count),
        tell=(volunteer, coordinators),
        decides=True,
        settles=True,
    )
    reject = Step(
        "waiting_second",
        "rejected",
        by=checker,
        label=_("Not confirm as the second checker"),
        past=_("Not confirmed by the second checker"),
        rules=rules.REJECTING,
        then=(then.note_the_second,),
        tell=(volunteer, coordinators, checker),
        decides=True,
        settles=True,
    )
    escalate = Step(
        "waiting_second",
        STAYS,
        by=the_clock,
        label=_("Tell the Department that the second checker is late"),
        past=_("The second checker is late; the Department was told"),
        tell=(department,),
        marks="second",
    )
    expire = Step(
        "valid",
        "expired",
        by=the_clock,
        label=_("End"),
        past=_("Its time has ended"),
        then=(then.let_it_count_no_more,),
        tell=(whoever_loses_it,),
    )
    revoke = Step(
        "valid",
        "revoked",
        by=revoker,
        label=_("Revoke"),
        past=_("Revoked"),
        asks=Why,
        rules=(rules.the_person_is_held,),
        then=(then.let_it_count_no_more,),
        tell=(volunteer, coordinators),
        ripple="clearance",
        danger=True,
    )

    @classmethod
    def facts(cls, detail: Outcome) -> dict[str, Any]:
        """Who checked is not said: it would tell one NGO of another."""
        waiting = detail.case.state == "waiting_second"
        where = ("second-opinion", detail.case.ref) if waiting else ("person", detail.volunteer_id)
        return {
            "ref": detail.case.ref,
            "volunteer": str(detail.volunteer),
            "requirement_ru": detail.requirement.name_ru,
            "requirement_en": detail.requirement.name_en,
            "institution": str(detail.institution or ""),
            "valid_through": detail.valid_through.isoformat() if detail.valid_through else "",
            "link": reverse(where[0], args=[where[1]]),
        }

    @classmethod
    def heading(cls, detail: Outcome) -> str:
        """Whose check of what."""
        return f"{detail.requirement.name}: {detail.volunteer}"

    @classmethod
    def shown(cls, detail: Outcome) -> list[tuple[Text, Any]]:
        """Never the number; never the first outcome while the second checker is to answer."""
        rows: list[tuple[Text, Any]] = [
            (_("Volunteer"), detail.volunteer),
            (_("What was checked"), detail.requirement.name),
            (_("Day of the paper"), date_format(detail.on, "j E Y")),
        ]
        if detail.institution:
            rows.append((_("Institution"), detail.institution))
        if detail.case.state != "waiting_second":
            words = _("All is in order") if detail.passed else _("Did not pass")
            rows.append((_("Outcome"), words))
        if detail.counts and detail.valid_through:
            rows.append((_("Valid through"), date_format(detail.valid_through, "j E Y")))
        return rows
