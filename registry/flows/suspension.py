"""Holding a registration back, wholly or in part: a case of its own beside the registration."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.parties import department, registrar, the_clock
from casework.process import Clock, Flow, Stage, Step, Text, asked
from casework.terms import until
from face.templatetags.face import day
from registry import consequences as then
from registry import rules
from registry.models import Suspension
from registry.parties import ngo_desk, the_appeal
from registry.ways import Appealable


class P(models.TextChoices):
    """Where a suspension stands."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("suspended")
    LIFTED = "lifted", _("lifted")
    ENDED = "ended", _("ended")


@dataclass(frozen=True)
class Ground:
    """Why it is held back."""

    reason: str = asked(
        _("Ground"),
        long=True,
        hint=_(
            "The number and day of the decision and what was found. It will stand on the NGO’s "
            "public card: no names, nothing about health."
        ),
    )


@dataclass(frozen=True)
class Lifting:
    """Why it is lifted before its end."""

    reason: str = asked(_("What was mended"), long=True)


def _end(detail: Suspension) -> datetime:
    zone = ZoneInfo(detail.case.owner.zone)
    return datetime.combine(detail.through_on + timedelta(days=1), time.min, zone)


class SuspensionFlow(Appealable, Flow[Suspension]):
    """A registrar holds a registration back at once; another lifts it, or its last day passes."""

    kind, letter, title, model = "suspension", "S", _("Suspension of an NGO"), Suspension
    start = P.DRAFT
    related = ("case__owner", "ngo__organisation", "type", "institution__organisation")
    until_its_end = Clock("end", _("Suspended until"), until(_end), "end")
    stages = {
        P.DRAFT: Stage(P.DRAFT.label, registrar),
        P.IN_FORCE: Stage(P.IN_FORCE.label, registrar, (until_its_end,), "late"),
        P.LIFTED: Stage(P.LIFTED.label, tone="done"),
        P.ENDED: Stage(P.ENDED.label),
    }

    suspend = Step(
        P.DRAFT,
        P.IN_FORCE,
        by=registrar,
        label=_("Suspend"),
        past=_("The registration was suspended"),
        asks=Ground,
        rules=(rules.it_has_not_passed,),
        then=(then.hold_back,),
        tell=(ngo_desk, department),
        ripple="suspension",
        danger=True,
    )
    lift = Step(
        P.IN_FORCE,
        P.LIFTED,
        by=registrar,
        label=_("Lift the suspension"),
        past=_("The suspension was lifted"),
        asks=Lifting,
        then=(then.let_go,),
        tell=(ngo_desk,),
        decides=True,
        settles=True,
    )
    overturn = Step(
        P.IN_FORCE,
        P.LIFTED,
        by=the_appeal,
        label=_("Overturn"),
        past=_("The suspension was overturned on appeal"),
        then=(then.let_go,),
        settles=True,
    )
    end = Step(
        P.IN_FORCE,
        P.ENDED,
        by=the_clock,
        label=_("End"),
        past=_("The suspension’s last day has passed"),
        tell=(ngo_desk,),
        settles=True,
    )

    @classmethod
    def heading(cls, detail: Suspension) -> str:
        """Whose registration is held back, what of it, from when and until when."""
        period = " – ".join(date_format(on, "j E Y") for on in (detail.from_on, detail.through_on))
        parts = (str(one) for one in (detail.ngo, detail.type, detail.institution, period) if one)
        return ", ".join(parts)

    @classmethod
    def facts(cls, detail: Suspension) -> dict[str, Any]:
        """The reference, the NGO, what is held back and for how long."""
        return {
            "ref": detail.case.ref,
            "ngo": detail.ngo.organisation.short_name,
            "type": detail.type.code if detail.type else "",
            "institution": str(detail.institution or ""),
            "from_on": detail.from_on.isoformat(),
            "through_on": detail.through_on.isoformat(),
            "ground": detail.ground,
            "lifted_on": detail.lifted_on.isoformat() if detail.lifted_on else "",
        }

    @classmethod
    def shown(cls, detail: Suspension) -> list[tuple[Text, Any]]:
        """What is held back, for how long, on what ground."""
        return [
            (_("Type of interaction"), detail.type.code if detail.type else _("All of them")),
            (_("Institution"), detail.institution or _("All of them")),
            (_("First day"), day(detail.from_on)),
            (_("Last day"), day(detail.through_on)),
            (_("Ground"), detail.ground or "—"),
        ]
