"""The visits of whoever asks: a volunteer's own, an NGO's roster, one visit's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.lateness import lateness
from casework.models import Case, Decision, Term
from casework.parties import with_concerned
from casework.process import Stage, Text
from casework.queries import Running, cases_visible_to, running_terms
from visits.consequences import minutes_of
from visits.flows import VisitFlow
from visits.flows.stages import STAGES, S
from visits.models import Participation, Visit
from visits.plans import local_day

PAGE = 30
LIVE = (S.REQUESTED, S.OFFERED, S.APPROVED)
LABELS = {clock.name: clock.label for stage in STAGES.values() for clock in stage.clocks}
SHOWN_CLOCKS = ("answer", "offer", "hours")


@dataclass(frozen=True)
class Line:
    """One visit in a list: how it stands, its clock, who comes."""

    visit: Visit
    on: date
    term: Running | None
    people: Sequence[Participation]
    mine: Participation | None = None

    @property
    def stage(self) -> Stage:
        """The state it is in."""
        return STAGES[S(self.visit.case.state)]

    @property
    def label(self) -> Text:
        """The state in words."""
        return self.stage.label

    @property
    def tone(self) -> str:
        """The state's tone."""
        return self.stage.tone


@dataclass(frozen=True)
class Roster:
    """One part of an NGO's visits: the counts of all parts, and the page of the one shown."""

    counts: dict[str, int]
    part: str
    page: Page[Any]
    lines: Sequence[Line]

    @property
    def by_day(self) -> list[tuple[date, list[Line]]]:
        """The lines under their days."""
        return by_day(self.lines)


def parts(at: datetime) -> dict[str, Q]:
    """The parts of a roster, what asks for a step first."""
    ahead = Q(case__state__in=LIVE, during__endswith__gt=at)
    return {
        "hours": Q(case__state=S.DONE),
        "offered": Q(case__state=S.OFFERED),
        "waiting": Q(case__state=S.REQUESTED),
        "coming": ahead,
        "past": ~ahead & ~Q(case__state__in=(S.DRAFT, S.DONE)),
    }


def roster(acting: Acting, at: datetime, part: str, number: Any) -> Roster:
    """The visits of the NGO acted for: four queries, however many there are."""
    all_parts = parts(at)
    visits = _of_the_ngo(acting)
    counted = {name: Count("pk", filter=one) for name, one in all_parts.items()}
    counts = visits.aggregate(**counted)
    if part not in all_parts:
        part = next((name for name in ("hours", "offered") if counts[name]), "coming")
    order = ("-during", "-pk") if part == "past" else ("during", "pk")
    pages = Paginator(visits.filter(all_parts[part]).order_by(*order), PAGE)
    pages.count = counts[part]
    page = pages.get_page(number)
    return Roster(counts, part, page, lines(page.object_list, at))


@dataclass(frozen=True)
class Own:
    """A volunteer's visits: where they are expected or asked to be, and a page of what is over."""

    coming: Sequence[Line]
    past: Sequence[Line]
    page: Page[Any]


def coming(acting: Acting, at: datetime) -> list[Line]:
    """Where a volunteer is expected, or asked to be: the nearest first."""
    return lines(_nearest(acting, at), at, acting.user.pk)


def own(acting: Acting, at: datetime, number: Any) -> Own:
    """The same with what is over, or goes on without them, the latest first: five queries."""
    mine = Visit.objects.filter(participations__volunteer=acting.user.pk)
    over = mine.exclude(case__state=S.DRAFT).exclude(pk__in=_ahead(acting, at).values("pk"))
    latest = over.order_by("-during", "-pk").select_related(*VisitFlow.related)
    page = Paginator(latest, PAGE).get_page(number)
    ahead = list(_nearest(acting, at).select_related(*VisitFlow.related))
    behind = list(page.object_list)
    found = _lines([*ahead, *behind], at, acting.user.pk)
    return Own(found[: len(ahead)], found[len(ahead) :], page)


def lines(visits: Any, at: datetime, person: int | None = None) -> list[Line]:
    """Visits as lists show them: three queries."""
    return _lines(list(visits.select_related(*VisitFlow.related)), at, person)


def _lines(visits: list[Visit], at: datetime, person: int | None) -> list[Line]:
    people = Participation.objects.select_related("volunteer", "hours").order_by("pk")
    terms = Term.objects.filter(stopped_at__isnull=True, name__in=SHOWN_CLOCKS)
    prefetch_related_objects(
        visits,
        Prefetch("participations", people, to_attr="people"),
        Prefetch("case__terms", terms, to_attr="running"),
    )
    return [_line(visit, at, person) for visit in visits]


def _nearest(acting: Acting, at: datetime) -> QuerySet[Visit, Any]:
    return _ahead(acting, at).order_by("during", "pk")


def by_day(found: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """Lines under their days."""
    return [(on, list(group)) for on, group in groupby(found, key=lambda line: line.on)]


def found(acting: Acting, ref: str) -> Visit | None:
    """The visit of this reference, if whoever acts may see its case."""
    visible = cases_visible_to(acting).filter(kind=VisitFlow.kind, ref=ref)
    found: Any = Visit.objects.select_related(*VisitFlow.related).filter(case__in=visible)
    visit: Visit | None = with_concerned(found).first()
    return visit


def shown(visit: Visit, acting: Acting, at: datetime) -> dict[str, Any]:
    """What the page of one visit says to whoever looks."""
    parts = list(visit.participations.select_related("volunteer", "hours").order_by("pk"))
    coming = [one for one in parts if one.coming]
    steps = open_steps(visit, acting)
    return {
        "visit": visit,
        "stage": STAGES[S(visit.case.state)],
        "parts": parts,
        "own": next((one for one in coming if one.volunteer_id == acting.user.pk), None),
        "steps": steps,
        # Whoever comes alone and asked themselves calls the whole visit off instead.
        "alone": len(coming) == 1 and ("withdraw" in steps or "cancel" in steps),
        "taken": taken(visit.case),
        "terms": {one.term.name: one for one in running_terms(visit.case, at)},
    }


def came(visit: Visit) -> list[dict[str, Any]]:
    """Everybody who was expected, what the gate noted of them, and the minutes that follow."""
    parts = visit.participations.filter(coming=True).select_related("volunteer")
    return [
        {"part": one, "minutes": minutes_of(one, visit), "events": one.gate_events.all()}
        for one in parts.prefetch_related("gate_events").order_by("pk")
    ]


def taken(case: Case) -> dict[str, Decision]:
    """The last decision of each step: when it was asked for, what was answered and why."""
    decisions = case.decisions.select_related("actor").order_by("recorded_at")
    return {one.step: one for one in decisions}


def open_steps(visit: Visit, acting: Acting) -> dict[str, Text]:
    """The steps of this state that whoever acts may take: names and words."""
    return {
        name: step.label
        for name, step in VisitFlow.steps.items()
        if visit.case.state in step.sources and step.by.admits(acting, visit)
    }


def own_part(visit: Visit, acting: Acting) -> Participation | None:
    """The part of whoever acts, if they are expected."""
    mine = visit.participations.filter(volunteer=acting.user.pk, coming=True)
    return mine.select_related("volunteer").first()


def waiting_for(acting: Acting) -> QuerySet[Visit, Any]:
    """The visits that wait for a step of this NGO: hours to confirm, offers to answer."""
    if not acting.may(Permission.COORDINATE):
        return Visit.objects.none()
    return _of_the_ngo(acting).filter(case__state__in=(S.DONE, S.OFFERED))


def _of_the_ngo(acting: Acting) -> QuerySet[Visit, Any]:
    if acting.organisation is None:
        return Visit.objects.none()
    return Visit.objects.filter(ngo=acting.organisation.pk)


def _ahead(acting: Acting, at: datetime) -> QuerySet[Visit, Any]:
    return Visit.objects.filter(
        participations__volunteer=acting.user.pk,
        participations__coming=True,
        case__state__in=LIVE,
        during__endswith__gt=at,
    )


def _line(visit: Any, at: datetime, person: int | None) -> Line:
    term = min(visit.case.running, key=lambda one: one.due_at, default=None)
    return Line(
        visit=visit,
        on=local_day(visit.during.lower, visit.institution),
        term=Running(term, LABELS[term.name], lateness(term, at)) if term else None,
        people=[one for one in visit.people if one.coming],
        mine=next((one for one in visit.people if one.volunteer_id == person), None),
    )
