"""What changes below do to visits: shown before they are confirmed, settled with them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import ripple
from casework.process import Ask
from casework.ripple import Touched
from institutions.models import Level
from visits import required, stricter
from visits.flows import VisitFlow
from visits.losing import CALLED_OFF, LIVE
from visits.models import Participation, Visit

KEPT = _("stays as it was agreed")


def listen() -> None:
    """Answer to everything below that visits rest on."""
    ripple.register("guest_mode", mode_touches, mode_settles)
    ripple.register("agreement", agreement_touches, agreement_settles)
    ripple.register("agreement_pause", pause_touches, pause_settles)
    ripple.register("clearance", clearance_touches, clearance_settles)
    ripple.register("suspension", suspension_touches, suspension_settles)
    ripple.register("requirement_ahead", required.ahead_touches, required.ahead_settles)
    ripple.register("requirement", required.first_day_touches, required.first_day_settles)
    ripple.register("narrowing", stricter.narrowing_touches, stricter.narrowing_settles)
    ripple.register("type_change", stricter.type_change_touches, stricter.type_change_settles)


def mode_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """A closure calls visits off; any other change keeps what was promised."""
    called_off = ask.detail.level == Level.SHUT
    return _shown(_at_site(ask), CALLED_OFF if called_off else KEPT)


def mode_settles(ask: Ask[Any]) -> None:
    """Cancel what stands inside the closure."""
    if ask.detail.level == Level.SHUT:
        _displace(_at_site(ask), ask, f"{ask.detail.act_number}")


def agreement_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Visits after the agreement's last day lose what they rest on."""
    return _shown(_after_agreement(ask), CALLED_OFF)


def agreement_settles(ask: Ask[Any]) -> None:
    """Cancel them."""
    _displace(_after_agreement(ask), ask, "")


def pause_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Visits while the agreement is suspended lose what they rest on."""
    return _shown(_while_suspended(ask), CALLED_OFF)


def pause_settles(ask: Ask[Any]) -> None:
    """Cancel them."""
    _displace(_while_suspended(ask), ask, "")


def clearance_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """The person's own part in coming visits; one in which nobody else comes is cancelled."""
    taken_off = _("the person is taken off; the others come")
    for one in _shown(_of_person(ask), taken_off):
        yield replace(one, outcome=CALLED_OFF) if one.people == 1 else one


def clearance_settles(ask: Ask[Any]) -> None:
    """Whoever is not cleared any more is taken off; a visit of nobody else is cancelled."""
    for visit in _of_person(ask):
        key = _key(ask, visit)
        person = ask.detail.volunteer_id
        VisitFlow.take_off(visit, by=None, at=ask.at, key=f"{key}:{person}", person=person)
        if not visit.participations.filter(coming=True).exists():
            VisitFlow.displace(visit, by=None, at=ask.at, key=key, reason="")


def suspension_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Visits of the suspended NGO, type or institution."""
    return _shown(_suspended(ask), CALLED_OFF)


def suspension_settles(ask: Ask[Any]) -> None:
    """Cancel them."""
    _displace(_suspended(ask), ask, "")


def _live(ask: Ask[Any]) -> QuerySet[Visit, Any]:
    coming = Visit.objects.filter(case__state__in=LIVE, during__endswith__gt=ask.at)
    return coming.select_related("case__owner", *VisitFlow.related).order_by("during", "pk")


def _at_site(ask: Ask[Any]) -> QuerySet[Visit, Any]:
    mode = ask.detail
    first: date = max(mode.from_on, ask.on)
    found = _live(ask).filter(slot__site=mode.site_id, during__startswith__date__gte=first)
    if mode.through_on:
        found = found.filter(during__startswith__date__lte=mode.through_on)
    return found


def _after_agreement(ask: Ask[Any]) -> QuerySet[Visit, Any]:
    last = ask.answer("last_on") or ask.detail.ended_on or ask.on
    return _live(ask).filter(agreement=ask.detail.pk, during__startswith__date__gt=last)


def _while_suspended(ask: Ask[Any]) -> QuerySet[Visit, Any]:
    through = ask.answer("through_on") or ask.on
    return _live(ask).filter(agreement=ask.detail.pk, during__startswith__date__lte=through)


def _of_person(ask: Ask[Any]) -> QuerySet[Visit, Any]:
    mine = {"participations__volunteer": ask.detail.volunteer_id, "participations__coming": True}
    return _within(_live(ask).filter(**mine), ask.detail)


def _within(found: QuerySet[Visit, Any], detail: Any) -> QuerySet[Visit, Any]:
    """Where only some days are lost, the visits of these days."""
    if first := getattr(detail, "from_on", None):
        found = found.filter(during__startswith__date__gte=first)
    if last := getattr(detail, "through_on", None):
        found = found.filter(during__startswith__date__lte=last)
    return found


def _suspended(ask: Ask[Any]) -> QuerySet[Visit, Any]:
    found, case = _live(ask), ask.detail
    found = found.filter(ngo=case.ngo_id)
    if case.type_id:
        found = found.filter(type_version__type=case.type_id)
    if case.institution_id:
        found = found.filter(institution=case.institution_id)
    return _within(found, case)


def _shown(visits: Iterable[Visit], outcome: Any) -> list[Touched]:
    shown = list(visits)
    parts = Participation.objects.filter(visit__in=shown, coming=True)
    coming = Counter(parts.values_list("visit", flat=True))
    return [
        Touched(
            id=visit.case.ref,
            label=VisitFlow.heading(visit),
            people=coming[visit.pk],
            outcome=outcome,
        )
        for visit in shown
    ]


def _displace(visits: Iterable[Visit], ask: Ask[Any], reason: str) -> None:
    for visit in visits:
        VisitFlow.displace(visit, by=None, at=ask.at, key=_key(ask, visit), reason=reason)


def _key(ask: Ask[Any], visit: Visit) -> str:
    return f"ripple:{ask.case.pk}:{ask.case.version}:{visit.pk}"
