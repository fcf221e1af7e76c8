"""The duties of the three parties of an agreement, counted for a list and shown for one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.parameters import rules_on
from institutions.duties import DUTIES, Duty, Party, numbers, of, said
from institutions.models import Agreement
from visits.queries.evidence import FIRST_MOMENT, Events, Rows
from visits.queries.promises import PROMISES, Miss

SHOWN = 20
CODES = tuple(duty.code for duty in DUTIES)
# Whose events are counted: the filter of their rows.
Own = Callable[[Events], dict[str, Any]]
DONE = ""
SIDES = ("case", "institution__organisation", "ngo__organisation")


@dataclass
class Tally:
    """How often something was done, and how often it was missed."""

    done: int = 0
    missed: int = 0

    def add(self, what: str, many: int) -> None:
        """So many more of what `DONE` or a way of missing names."""
        if what == DONE:
            self.done += many
        else:
            self.missed += many


@dataclass(frozen=True)
class Row:
    """One agreement in the list: a tally for each of the three parties."""

    deal: Agreement
    parties: Sequence[tuple[Party, Tally]]

    @property
    def missed(self) -> int:
        """How many duties were missed by all of them."""
        return sum(tally.missed for _party, tally in self.parties)


@dataclass(frozen=True)
class Happened:
    """One missed duty: in which visit, when it began, why, and whose it was where known."""

    ref: str
    begins: datetime
    why: str
    person: str


@dataclass(frozen=True)
class Shown:
    """One duty: its words, its tally, and the last times it was missed."""

    words: str
    tally: Tally
    last: Sequence[Happened] = field(default=())


def signed(acting: Acting, at: datetime) -> QuerySet[Agreement, Any]:
    """The agreements ever signed whose duties whoever acts may see, each with `broken`: whether
    anything was missed under it.
    """
    found: Any = Agreement.objects.filter(signed_at__isnull=False).select_related(*SIDES)
    if not acting.may(Permission.OVERSEE):
        own = acting.organisation
        found = found.of(own) if own and acting.may(Permission.SEE_CASES) else found.none()
    anything = reduce(or_, (_any(miss.events, at) for miss in _misses()))
    known: QuerySet[Agreement, Any] = found.annotate(
        broken=ExpressionWrapper(anything, output_field=BooleanField())
    )
    return known


def listed(acting: Acting, at: datetime, part: slice, *, everything: bool) -> list[Row]:
    """One page of them with what each party did and missed: two queries.

    Whoever oversees all agreements finds the newest first: those with something missed, or
    `everything`. A side finds all of its own, those with something missed first.
    """
    deals: Any = signed(acting, at)
    if not acting.may(Permission.OVERSEE):
        deals = deals.order_by("-broken", "-pk")
    else:
        deals = (deals if everything else deals.filter(broken=True)).order_by("-pk")
    known = list(deals[part])
    tallies = _tallies(_under([deal.pk for deal in known]), CODES, at)
    return [
        Row(deal, [(party, _sum(tallies, deal.pk, party)) for party in Party]) for deal in known
    ]


def shown(deal: Agreement, at: datetime, on: date) -> list[tuple[Party, list[Shown]]]:
    """Every duty under one agreement with its evidence, party by party: three queries."""
    own = _under([deal.pk])
    tallies, last = _tallies(own, CODES, at), _last(own, CODES, at)
    named = numbers(rules_on(on))
    return [
        (
            party,
            [
                Shown(
                    said(duty.words, named),
                    tallies.get((deal.pk, duty.code), Tally()),
                    _in_words(duty, last, named),
                )
                for duty in of(party)
            ],
        )
        for party in Party
    ]


def of_volunteer(person: int, at: datetime, on: date) -> list[Shown]:
    """What volunteers promise, and how this one keeps it under every agreement: two queries."""
    duties = list(of(Party.VOLUNTEERS))
    own = _of_theirs(person)
    codes = [duty.code for duty in duties]
    tallies: dict[str, Tally] = {}
    for (_deal, code), one in _tallies(own, codes, at).items():
        whole = tallies.setdefault(code, Tally())
        whole.done, whole.missed = whole.done + one.done, whole.missed + one.missed
    named, last = numbers(rules_on(on)), _last(own, codes, at)
    return [
        Shown(
            said(duty.words, named),
            tallies.get(duty.code, Tally()),
            [replace(one, person="") for one in _in_words(duty, last, named)],
        )
        for duty in duties
    ]


def _misses() -> Iterable[Miss]:
    return (miss for promise in PROMISES.values() for miss in promise.missed)


def _any(events: Events, at: datetime) -> Any:
    own = {f"{events.visit}agreement": OuterRef("pk")}
    return Exists(events.rows(at).filter(**own))


def _sum(tallies: dict[tuple[int, str], Tally], deal: int, party: Party) -> Tally:
    found = [tallies.get((deal, duty.code), Tally()) for duty in of(party)]
    return Tally(sum(one.done for one in found), sum(one.missed for one in found))


def _of_theirs(person: int) -> Own:
    """What this person did themselves."""
    return lambda events: {events.person.removesuffix("__"): person}


def _under(deals: list[int]) -> Own:
    """What belongs to these agreements."""
    return lambda events: {f"{events.visit}agreement__in": deals}


def _tallies(own: Own, codes: Sequence[str], at: datetime) -> dict[tuple[int, str], Tally]:
    """By agreement and duty: one query for all of them."""
    counted = [
        _counted(code, what, events, own, at) for code in codes for what, events in _sorts(code)
    ]
    found: dict[tuple[int, str], Tally] = {}
    for deal, code, what, many in counted[0].union(*counted[1:], all=True):
        found.setdefault((deal, code), Tally()).add(what, many)
    return found


def _sorts(code: str) -> Iterable[tuple[str, Events]]:
    promise = PROMISES[code]
    yield DONE, promise.done
    yield from ((miss.what, miss.events) for miss in promise.missed)


def _counted(code: str, what: str, events: Events, own: Own, at: datetime) -> Rows:
    rows_of_theirs = events.rows(at).filter(**own(events))
    named = rows_of_theirs.order_by().annotate(
        deal=F(f"{events.visit}agreement"), duty=_text(code), what=_text(what)
    )
    grouped: Any = named.values("deal", "duty", "what").annotate(many=Count("pk"))
    rows: Rows = grouped.values_list("deal", "duty", "what", "many")
    return rows


def _last(own: Own, codes: Sequence[str], at: datetime) -> list[tuple[Any, ...]]:
    """The last times each duty was missed in each way: one query."""
    found = [_latest(code, miss, own, at) for code in codes for miss in PROMISES[code].missed]
    return list(found[0].union(*found[1:], all=True))


def _latest(code: str, miss: Miss, own: Own, at: datetime) -> Rows:
    events = miss.events
    missed = events.rows(at).filter(**own(events))
    person = {
        name: F(f"{events.person}{name}_name") if events.person else _text("")
        for name in ("given", "family")
    }
    told: Any = missed.annotate(
        duty=_text(code),
        what=_text(miss.what),
        visit_ref=F(f"{events.case}ref"),
        begins=F(f"{events.visit}{FIRST_MOMENT}"),
        **person,
    )
    rows: Rows = told.order_by("-begins", "-pk").values_list(
        "duty", "what", "visit_ref", "begins", "given", "family"
    )
    return rows[:SHOWN]


def _in_words(duty: Duty, rows: list[tuple[Any, ...]], named: dict[str, str]) -> list[Happened]:
    why = {miss.what: said(miss.words, named) for miss in PROMISES[duty.code].missed}
    own = [
        Happened(ref, begins, why[what], f"{given} {family}".strip())
        for code, what, ref, begins, given, family in rows
        if code == duty.code
    ]
    return sorted(own, key=lambda one: (one.begins, one.ref), reverse=True)[:SHOWN]


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())
