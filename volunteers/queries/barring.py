"""Who is kept away, and what of that waits for a checker."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Acting
from accounts.permissions import Permission
from accounts.roles import OrganisationKind
from casework.lateness import Lateness, lateness
from casework.models import Case, Term
from casework.process import Stage, Text, flow_of, stage_of
from casework.queries import DRAFT
from registry.queries.names import in_order
from volunteers.flows.likeness import ALIKE
from volunteers.models import Bar, Likeness, PersonSuspension, Volunteer

MOST = 200  # rows on one page; nobody has more than these before them
CLOCKS = ("answer", "second", "removal")


@dataclass(frozen=True)
class Waiting:
    """A bar or a comparison that waits for a checker; `own`: for another one than the reader."""

    case: Case
    person: str
    stage: Stage
    term: Term
    standing: Lateness
    own: bool


@dataclass(frozen=True)
class Kept:
    """One bar or suspension of a person, as far as the reader may see it."""

    case: Case
    title: Text
    stage: Stage


@dataclass(frozen=True)
class Line:
    """One thing that two people say of themselves, and whether it makes them look alike."""

    label: Text
    barred: str
    other: str
    alike: bool


def waiting(who: Acting, at: datetime) -> list[Waiting]:
    """What waits, the latest first."""
    terms = Term.objects.filter(
        name__in=CLOCKS, stopped_at=None, case__kind__in=("bar", "likeness")
    ).select_related("case__bar__volunteer", "case__likeness__volunteer")
    return [_waiting(term, who, at) for term in terms.order_by("due_at", "pk")[:MOST]]


def in_force() -> QuerySet[Bar, Any]:
    """The bars in force, by name."""
    found = Bar.objects.filter(case__state__in=("in_force", "removal"))
    name = in_order("volunteer__family_name")
    return found.select_related("case", "volunteer").order_by(name, "pk")[:MOST]


def suspended() -> QuerySet[PersonSuspension, Any]:
    """The suspensions in force, by name."""
    found = PersonSuspension.objects.filter(case__state="in_force")
    name = in_order("volunteer__family_name")
    return found.select_related("case__owner", "volunteer").order_by(name, "pk")[:MOST]


def about(volunteer: Volunteer) -> Q:
    """The cases of bars and suspensions of this person, once they were taken up."""
    whose = Q(bar__volunteer=volunteer.pk) | Q(personsuspension__volunteer=volunteer.pk)
    return whose & ~Q(state=DRAFT)


def kept_away(cases: Iterable[Case]) -> list[Kept]:
    """How each of these cases of bars and suspensions stands."""
    return [Kept(case, flow_of(case).title, stage_of(case)) for case in cases]


def may(who: Acting) -> dict[str, bool]:
    """Which of the two somebody in this hat may begin on a person's page."""
    kind = who.organisation.kind if who.organisation else ""
    checks = kind == OrganisationKind.DEPARTMENT and who.may(Permission.CHECK_PEOPLE)
    leads = kind == OrganisationKind.NGO and who.may(Permission.COORDINATE)
    asks = who.may(Permission.LEAD) or who.may(Permission.DIRECT)
    return {"suspend": checks or leads, "bar": checks or asks, "decide": checks}


def side_by_side(likeness: Likeness) -> list[Line]:
    """What is known of both: the person barred, and who looks like them."""
    keys = (likeness.bar.volunteer_id, likeness.volunteer_id)
    known = Volunteer.objects.select_related("person").in_bulk(keys)
    rows = [_said(known[key]) for key in keys]
    kinds = ("name", "name", "name", "name", "email", "phone")
    labels = (
        _("Family name"),
        _("Given name"),
        _("Patronymic"),
        _("Date of birth"),
        ALIKE["email"],
        ALIKE["phone"],
    )
    lines = zip(labels, *rows, kinds, strict=True)
    return [
        Line(label, one, two, bool(one and two) and kind in likeness.kinds)
        for label, one, two, kind in lines
    ]


def _said(who: Volunteer) -> list[str]:
    person = who.person
    born = who.born_on.strftime("%d.%m.%Y") if who.born_on else ""
    names = [person.family_name, person.given_name, person.patronymic]
    return [*names, born, person.email, who.phone]


def _waiting(term: Term, who: Acting, at: datetime) -> Waiting:
    case: Any = term.case
    detail = getattr(case, case.kind)
    # Who began what waits: for a removal that is not whoever began the bar.
    began = {
        "reported": {case.opened_by_id},
        "proposed": {case.opened_by_id, getattr(detail, "proposed_by_id", None)},
        "removal": {getattr(detail, "removal_by_id", None)},
    }
    own = who.user.pk in began.get(case.state, ())
    person = str(detail.volunteer)
    return Waiting(case, person, stage_of(case), term, lateness(term, at), own)
