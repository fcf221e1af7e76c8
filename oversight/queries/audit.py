"""The audit trail, searched: whose deeds, about what, when, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.hats import Acting
from accounts.models import Membership, User
from casework.models import Case, Concerned, Entry, Invitation
from casework.process import Text
from casework.queries import cases_visible_to
from oversight.models import Verification
from oversight.queries import actions
from oversight.queries.moments import Moment

CASE, MEMBERSHIP, INVITATION = "case:", "membership:", "invitation:"
DIGITS = 18


@dataclass(frozen=True)
class Asked:
    """What narrows the trail; None and an empty text do not. `since` ≤ an entry < `before`."""

    people: tuple[int, ...] | None = None
    organisations: tuple[int, ...] | None = None
    case: Case | None = None
    action: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Line:
    """An entry with who acted and the case it belongs to, where there is one to be seen."""

    entry: Entry
    actor: User | None
    case: Case | None

    @property
    def words(self) -> Text:
        """What was done."""
        return actions.words(self.entry.action)


@dataclass(frozen=True)
class Page:
    """One page of the trail; `after` is the place the next one begins."""

    lines: list[Line]
    after: str = ""


def page(asked: Asked, by: Acting, *, after: Moment | None, size: int) -> Page:
    """The page that begins after this place, or at the newest entry: three queries."""
    found = entries(asked)
    if after is not None:
        found = found.filter(after.earlier("at"))
    some = list(found.order_by("-at", "-pk")[: size + 1])
    last = some[size - 1] if len(some) > size else None
    return Page(_lines(some[:size], asked, by), Moment(last.at, last.pk).as_text() if last else "")


def entries(asked: Asked) -> QuerySet[Entry, Any]:
    """The entries that fit."""
    found = Entry.objects.defer("prev", "h")
    if asked.people is not None:
        found = found.filter(_of_people(asked.people))
    if asked.organisations is not None:
        found = found.filter(subject__in=_of_organisations(asked.organisations))
    if asked.case is not None:
        found = found.filter(subject=f"{CASE}{asked.case.pk}")
    if asked.action:
        found = found.filter(action=asked.action)
    if asked.since is not None:
        found = found.filter(at__gte=asked.since)
    if asked.before is not None:
        found = found.filter(at__lt=asked.before)
    return found


def lines(found: Sequence[Entry], by: Acting, cases: dict[int, Case] | None = None) -> list[Line]:
    """Each with its actor and its case: two queries, one where their cases are at hand."""
    actors = User.objects.in_bulk({entry.actor for entry in found if entry.actor is not None})
    keys = {key for entry in found if (key := case_key(entry)) is not None}
    if cases is None:
        cases = cases_visible_to(by).select_related("owner").filter(pk__in=keys).in_bulk()
    return [
        Line(entry, actors.get(entry.actor or 0), cases.get(case_key(entry) or 0))
        for entry in found
    ]


def _lines(found: Sequence[Entry], asked: Asked, by: Acting) -> list[Line]:
    return lines(found, by, {asked.case.pk: asked.case} if asked.case else None)


def case_key(entry: Entry) -> int | None:
    """The case an entry belongs to, if it belongs to one."""
    kind, _, key = entry.subject.partition(":")
    sound = f"{kind}:" == CASE and key.isascii() and key.isdigit() and len(key) <= DIGITS
    return int(key) if sound else None


def last_verification() -> Verification | None:
    """When the trail was last read as a whole, by whom, and what was found."""
    return Verification.objects.select_related("by").order_by("-at", "-pk").first()


def _of_people(people: Iterable[int]) -> Q:
    """What they did, and what was done in cases and roles that concern them."""
    keys = list(people)
    concerning = [
        *_subjects(CASE, Concerned.objects.filter(person__in=keys), "case_id"),
        *_subjects(MEMBERSHIP, Membership.objects.filter(person__in=keys)),
        *_subjects(INVITATION, Invitation.objects.filter(person__in=keys)),
    ]
    return Q(actor__in=keys) | Q(subject__in=concerning)


def _of_organisations(organisations: Iterable[int]) -> QuerySet[Any, Any]:
    """The subjects that belong to them: cases they answer or ask in, their members."""
    keys = list(organisations)
    return _subjects(CASE, Case.objects.filter(Q(owner__in=keys) | Q(asker__in=keys))).union(
        _subjects(MEMBERSHIP, Membership.objects.filter(organisation__in=keys)),
        _subjects(INVITATION, Invitation.objects.filter(organisation__in=keys)),
        all=True,
    )


def _subjects(kind: str, rows: QuerySet[Any, Any], key: str = "pk") -> QuerySet[Any, Any]:
    text = Concat(Value(kind), Cast(F(key), CharField()), output_field=CharField())
    return rows.order_by().values_list(text, flat=True)
