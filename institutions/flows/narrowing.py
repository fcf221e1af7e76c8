"""Narrowing a type for a house, as a process: declared, ended by time or taken back."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.parties import registrar, the_clock
from casework.process import Clock, Flow, Stage, Step, Text
from casework.terms import until
from face.templatetags.face import day
from institutions.consequences import narrowing as then
from institutions.flows import asks
from institutions.models import NarrowedType
from institutions.parties import desk, director, partners
from institutions.rules import narrowing as rules
from registry.queries.types import last_names


class N(models.TextChoices):
    """Where a narrowing stands."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("declared")
    WITHDRAWN = "withdrawn", _("taken back")
    ENDED = "ended", _("came to its end")


def _end(one: NarrowedType) -> datetime | None:
    if one.through_on is None:
        return None
    last = one.through_on + timedelta(days=1)
    return datetime.combine(last, time.min, ZoneInfo(one.case.owner.zone))


its_end = Clock("end", _("Ends"), until(_end), on_silence="end")


class NarrowingFlow(Flow[NarrowedType]):
    """The director demands more for a type than the catalogue does; what it touches is shown
    before. It never loosens anything; it ends by its last day, or is taken back.
    """

    kind, letter, title = "narrowing", "W", _("Conditions of the house")
    model, start = NarrowedType, N.DRAFT
    related = ("case__owner", "institution__organisation", "institution__kind", "type")
    stages = {
        N.DRAFT: Stage(N.DRAFT.label, director),
        N.IN_FORCE: Stage(N.IN_FORCE.label, director, (its_end,), "done"),
        N.WITHDRAWN: Stage(N.WITHDRAWN.label),
        N.ENDED: Stage(N.ENDED.label),
    }

    narrow = Step(
        N.DRAFT,
        N.IN_FORCE,
        by=director,
        label=_("Demand this here"),
        past=_("The house demands more than the catalogue"),
        rules=rules.NARROWING,
        then=(then.demand_it,),
        tell=(desk, partners, registrar),
        ripple="narrowing",
    )
    withdraw = Step(
        N.IN_FORCE,
        N.WITHDRAWN,
        by=director,
        label=_("Take it back"),
        past=_("The demand was taken back"),
        asks=asks.Early,
        then=(then.take_it_back,),
        tell=(desk, partners),
    )
    end = Step(
        N.IN_FORCE,
        N.ENDED,
        by=the_clock,
        label=_("End"),
        past=_("Its last day is over"),
        tell=(desk,),
    )

    @classmethod
    def heading(cls, detail: NarrowedType) -> str:
        """The house, the type, and from when."""
        house = detail.institution.organisation.short_name
        return (
            f"{house}: {detail.type.code} {last_names(detail.type_id).name}, {day(detail.from_on)}"
        )

    @classmethod
    def facts(cls, detail: NarrowedType) -> dict[str, Any]:
        """What letters say; days as ISO text, the type in both languages."""
        version = last_names(detail.type_id)
        return {
            "ref": detail.case.ref,
            "institution": detail.institution.organisation.short_name,
            "type": detail.type.code,
            "type_ru": version.name_ru,
            "type_en": version.name_en,
            "excluded": "yes" if detail.excluded else "",
            "tier": detail.tier_at_least,
            "conditions": detail.conditions,
            "why": detail.reason,
            "from_on": detail.from_on.isoformat(),
            "through_on": detail.through_on.isoformat() if detail.through_on else "",
        }

    @classmethod
    def shown(cls, detail: NarrowedType) -> list[tuple[Text, Any]]:
        """The facts of its page; what is empty is left out."""
        rows: list[tuple[Text, Any]] = [
            (_("Type of interaction"), f"{detail.type.code} {last_names(detail.type_id).name}"),
            (_("Not taken here"), _("yes") if detail.excluded else ""),
            (_("Clearance tier, at least"), detail.tier_at_least),
            (_("Conditions of the house"), detail.conditions),
            (_("From which day"), day(detail.from_on)),
            (_("Through which day"), day(detail.through_on) if detail.through_on else ""),
            (_("Reason"), detail.reason),
        ]
        return [row for row in rows if row[1]]
