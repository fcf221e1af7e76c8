"""What is in force at an institution on a day, as the items of a pack."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils import translation

from accounts.permissions import Permission
from casework import seats
from casework.details import detail_in, with_details
from casework.models import Case, Term
from casework.process import Flow, stage_of
from institutions.models import (
    PUBLISHED,
    SIGNED,
    Agreement,
    GuestMode,
    HandoverItem,
    ItemKind,
)
from registry.models import Institution

LANGUAGES = ("ru", "en")


def pack_of(institution: Institution, on: date, at: datetime) -> list[HandoverItem]:
    """Everything that stays in force there, unsaved: agreements, doors, promises, open cases."""
    deals = list(_agreements(institution, on))
    modes = list(_modes(institution))
    return [
        *_cases(institution, at),
        *(_agreement(deal) for deal in deals),
        *(_mode(mode) for mode in modes),
        *chain.from_iterable(_promises(deals, modes)),
    ]


def _agreements(institution: Institution, on: date) -> Any:
    return (
        Agreement.objects.filter(institution=institution, case__state__in=SIGNED)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on), during__endswith__gt=on)
        .select_related("case", "ngo__organisation")
        .prefetch_related("covered__type")
        .order_by("pk")
    )


def _modes(institution: Institution) -> Any:
    found = GuestMode.objects.filter(institution=institution, case__state__in=PUBLISHED)
    return found.select_related("case", "site", "supervisor").order_by("site", "from_on", "pk")


def _agreement(deal: Any) -> HandoverItem:
    facts = {
        "ngo": deal.ngo.organisation.short_name,
        "types": sorted(one.type.code for one in deal.covered.all()),
        "from_on": deal.during.lower.isoformat(),
        "through_on": deal.last_on.isoformat(),
        "visits": deal.visits_a_week,
        "people": deal.people_a_visit,
    }
    return HandoverItem(kind=ItemKind.AGREEMENT, case=deal.case, facts=facts)


def _mode(mode: Any) -> HandoverItem:
    facts = {
        "site": mode.site.name,
        "level": mode.level,
        "from_on": mode.from_on.isoformat(),
        "through_on": mode.through_on.isoformat() if mode.through_on else "",
        "act_number": mode.act_number,
    }
    return HandoverItem(kind=ItemKind.MODE, case=mode.case, facts=facts)


def _promises(deals: Iterable[Any], modes: Iterable[Any]) -> Iterator[list[HandoverItem]]:
    """What was agreed beside the rules: words in agreements, standing consent, conditions."""
    for deal in deals:
        if deal.note:
            yield [_promise(deal, "note", deal.ngo.organisation.short_name, deal.note)]
    for mode in modes:
        if mode.instant:
            supervisor = str(mode.supervisor or "")
            yield [_promise(mode, "consent", mode.site.name, "", supervisor)]
        if mode.conditions:
            yield [_promise(mode, "conditions", mode.site.name, mode.conditions)]


def _promise(detail: Any, what: str, to: str, words: str, supervisor: str = "") -> HandoverItem:
    facts = {"what": what, "to": to, "words": words, "supervisor": supervisor}
    return HandoverItem(kind=ItemKind.PROMISE, case=detail.case, facts=facts)


def _cases(institution: Institution, at: datetime) -> Iterator[HandoverItem]:
    """Each case that waits for the director; of the others, the terms that run here."""
    waiting = _waiting(institution)
    terms: dict[int, list[Term]] = {}
    for term in Term.objects.filter(case__in=waiting, stopped_at=None).order_by("due_at"):
        terms.setdefault(term.case_id, []).append(term)
    ours = seats.Seat(institution.pk, Permission.DIRECT)
    others: dict[tuple[str, str], list[Term]] = {}
    for case in waiting.values():
        places = _seats(case)
        if ours in places:
            yield _case(case, terms.get(case.pk, []))
        elif institution.pk in {seat.organisation for seat in places}:
            for term in terms.get(case.pk, []):
                others.setdefault((case.kind, term.name), []).append(term)
    for (kind, name), running in sorted(others.items()):
        facts = {"kind": kind, "name": name, "count": len(running)}
        facts |= {"due_at": min(one.due_at for one in running).isoformat()}
        yield HandoverItem(kind=ItemKind.CLOCK, facts=facts)


def _waiting(institution: Institution) -> dict[int, Case]:
    """The open cases of either side in which a move is awaited; what simply holds is not one."""
    states = [
        Q(kind=flow.kind, state=state)
        for flow in Flow.by_kind.values()
        for state, stage in flow.stages.items()
        if stage.owner and stage.tone == "waiting" and flow.kind != "handover"
    ]
    asked = Q(owner=institution.pk) | Q(asker=institution.pk)
    found = Case.objects.filter(asked, Q(*states, _connector=Q.OR), closed_at__isnull=True)
    found = found.exclude(kind="agreement", state__in=SIGNED)
    kinds = set(found.values_list("kind", flat=True))
    return {case.pk: case for case in with_details(found, kinds).order_by("pk")}


def _seats(case: Case) -> set[seats.Seat]:
    owner = stage_of(case).owner
    assert owner is not None  # noqa: S101  (an ending was not asked for)
    leaves = seats.picked(owner, detail_in(case))
    return {seat for leaf in leaves if (seat := seats.seat_of(leaf, case))}


def _case(case: Case, terms: list[Term]) -> HandoverItem:
    flow, detail = Flow.by_kind[case.kind], detail_in(case)
    detail.case = case
    facts: dict[str, Any] = {
        "kind": case.kind,
        "terms": [{"name": one.name, "due_at": one.due_at.isoformat()} for one in terms],
    }
    for language in LANGUAGES:
        with translation.override(language):
            facts[f"heading_{language}"] = flow.heading(detail)
    return HandoverItem(kind=ItemKind.CASE, case=case, facts=facts)
