"""Cases in which nobody can take the next step, as the page lists them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import Organisation
from accounts.permissions import Permission
from accounts.roles import OrganisationKind
from casework.deciders import AWAY, NOBODY, OWN, Stuck, without_decider
from casework.details import detail_in, with_details
from casework.models import Case, Term
from casework.process import Flow, Text
from casework.queries import Running, as_running, cases_visible_to
from casework.seats import THE_DEPARTMENT
from face.templatetags.face import day
from oversight.models import HandOn
from oversight.queries.cases import whose_move

WHYS: dict[str, Text] = {
    NOBODY: _("Nobody holds the role."),
    AWAY: _("Whoever holds the role is away; the first is back on %(day)s."),
    OWN: _("Whoever could decide belongs to the side that asks."),
}


@dataclass(frozen=True)
class Row:
    """One case of the list: whose move, where, since when and why, by when, and who was told.

    `ours`: the reader acts for the organisation whose move it is.
    """

    case: Case
    heading: str
    kind: Text
    whose: Text
    place: str
    since_on: date
    whys: list[str]
    term: Running | None
    told_at: datetime | None
    ours: bool


def unattended(acting: Acting, on: date) -> list[Stuck]:
    """Every such case that concerns this reader: the Department sees all, a side its own moves."""
    found = without_decider(on, cases_visible_to(acting))
    if acting.may(Permission.OVERSEE):
        return found
    own = acting.organisation.pk if acting.organisation else None
    return [one for one in found if own in {seat.organisation for seat in one.seats}]


def page(found: list[Stuck], number: str, acting: Acting, at: datetime, *, size: int) -> Page[Any]:
    """One page of them: two queries, however long it is."""
    cut: Any = Paginator(found, size).get_page(number)
    cut.object_list = rows(cut.object_list, acting, at) if found else []
    return cut  # type: ignore[no-any-return]  # a page of rows instead


def rows(stuck: list[Stuck], acting: Acting, at: datetime) -> list[Row]:
    """What the list says of each of these."""
    cases = {one.case.pk: one.case for one in stuck}
    told = HandOn.objects.filter(case=OuterRef("pk")).order_by("-at").values("at")
    read = with_details(
        Case.objects.filter(pk__in=cases), {case.kind for case in cases.values()}
    ).annotate(told_at=Subquery(told[:1]))
    known = {case.pk: case for case in read}
    terms = _next_terms(known)
    return [_row(one, known[one.case.pk], terms, acting, at) for one in stuck]


def _row(one: Stuck, case: Any, terms: dict[int, Term], acting: Acting, at: datetime) -> Row:
    flow, detail = Flow.by_kind[case.kind], detail_in(case)
    detail.case, own = case, acting.organisation
    places = {seat.organisation for seat in one.seats}
    due = terms.get(case.pk)
    if due is not None:
        due.case = case
    return Row(
        case=case,
        heading=flow.heading(detail),
        kind=flow.title,
        whose=whose_move(detail),
        place=_place(case, places),
        since_on=one.since_on,
        whys=[str(WHYS[why]) % _until(one) if why == AWAY else str(WHYS[why]) for why in one.whys],
        term=as_running(due, at) if due else None,
        told_at=case.told_at,
        ours=own is not None and (own.pk in places or _is_the_department(own, places)),
    )


def _until(one: Stuck) -> dict[str, str]:
    return {"day": day(one.back_on) if one.back_on else ""}


def _place(case: Case, places: set[int]) -> str:
    sides = [side for side in (case.owner, case.asker) if side and side.pk in places]
    if THE_DEPARTMENT in places and not sides:
        return str(_("the Department"))
    return " · ".join(side.short_name for side in sides)


def _is_the_department(own: Organisation, places: set[int]) -> bool:
    return own.kind == OrganisationKind.DEPARTMENT and THE_DEPARTMENT in places


def _next_terms(cases: dict[int, Any]) -> dict[int, Term]:
    """The nearest open term of each of these cases."""
    open_: QuerySet[Term, Any] = Term.objects.filter(case__in=cases, stopped_at__isnull=True)
    return {term.case_id: term for term in open_.order_by("-due_at", "pk")}
