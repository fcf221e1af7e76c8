"""Comparing people with those who are barred, by keyed digests of what they are known by.

A bar that is written and a person who changes wait for each other (the database's triggers take
the same lock), so that neither misses the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.blind import EMAIL, NAME, PHONE, BlindIndex, Identity, Mark
from accounts.models import User
from casework.engine import open_case, retried
from casework.process import Flow
from volunteers.models import Bar, BarMark, Halt, Likeness, Volunteer

BARRING = 20150211  # any number of our own, the same as in the triggers
SHARED_BY = 3  # a telephone of more people than this is an office's and says nothing
AT_ONCE = 1000
NAMES = ("family_name", "given_name", "patronymic")
# Who looks like the person of which bar, and by what.
Found = tuple[int, int, list[str]]


def compare_changed(at: datetime, people: Iterable[int] | None = None) -> int:
    """Compare those whose data changed (of these people, or of all); how many were compared.

    Until then the database itself holds them as not cleared.
    """

    def once() -> int:
        halts = Halt.objects.filter(case=None, lifted_at=None)
        if people is not None:
            halts = halts.filter(volunteer__in=list(people))
        waiting = list(halts.order_by("volunteer").values_list("volunteer", flat=True)[:AT_ONCE])
        if not waiting:
            return 0
        _wait_for_bars("_shared")
        index = BlindIndex()
        # Locked before they are read: whoever is changing them now is compared again after that.
        held = Volunteer.objects.select_related("person").order_by("pk")
        changed = list(held.filter(pk__in=waiting).select_for_update(no_key=True))
        _ask_about(_alike(changed, index), at)
        Halt.objects.filter(case=None, lifted_at=None, volunteer__in=changed).update(lifted_at=at)
        return len(changed)

    return retried(once)


def know_again(bar: Bar, person: int, at: datetime) -> None:
    """Keep by what this person is known again, and ask about everybody who looks like them."""
    _wait_for_bars("")
    index = BlindIndex()
    who = Volunteer.objects.select_related("person").get(pk=person)
    kept = index.kept(identity_of(who))
    found = [
        (other, bar.pk, kinds)
        for other, identity in _others(who)
        if (kinds := _kinds(kept & index.sought(identity)))
    ]
    if sum(PHONE in kinds for _one, _bar, kinds in found) > SHARED_BY:
        kept = frozenset(one for one in kept if one[0] != PHONE)
        found = [row for row in found if row[2] != [PHONE]]
    BarMark.objects.bulk_create(
        (BarMark(bar=bar, kind=kind, digest=digest) for kind, digest in sorted(kept)),
        ignore_conflicts=True,
    )
    _ask_about(found, at)


def identity_of(who: Volunteer) -> Identity:
    """What the register says of somebody."""
    person = who.person
    names = (person.family_name, person.given_name, person.patronymic)
    return Identity(*names, who.born_on, person.email, who.phone)


def _wait_for_bars(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock{how}(%s)", [BARRING])


def _others(who: Volunteer) -> Iterator[tuple[int, Identity]]:
    """Everybody else; of those born on another day the name does not matter."""
    rows: QuerySet[Volunteer, Any] = Volunteer.objects.exclude(pk=who.pk).order_by("pk")
    for key, born_on, phone, email, *names in rows.values_list(
        "pk", "born_on", "phone", *(f"person__{name}" for name in ("email", *NAMES))
    ).iterator(chunk_size=AT_ONCE):
        family, given, patronymic = names if born_on == who.born_on else ("", "", "")
        yield key, Identity(family, given, patronymic, born_on, email, phone)


def _alike(people: Iterable[Volunteer], index: BlindIndex) -> list[Found]:
    """Each person with each bar that a mark of theirs stands for: one query."""
    sought = {one.pk: index.sought(identity_of(one)) for one in people}
    every = {digest for marks in sought.values() for _kind, digest in marks}
    rows = BarMark.objects.filter(digest__in=every).order_by("bar")
    known = list(rows.values_list("bar", "bar__volunteer", "kind", "digest"))
    found = []
    for person, marks in sought.items():
        mine = (row for row in known if (row[2], row[3]) in marks and row[1] != person)
        for bar, same in groupby(mine, key=lambda row: row[0]):
            found.append((person, bar, _kinds((kind, digest) for _b, _v, kind, digest in same)))
    return found


def _kinds(marks: Iterable[Mark]) -> list[str]:
    known = {kind for kind, _digest in marks}
    return [kind for kind in (NAME, EMAIL, PHONE) if kind in known]


def _ask_about(found: Sequence[Found], at: datetime) -> None:
    if not found:
        return
    people = User.objects.in_bulk({person for person, _bar, _kinds in found})
    bars = Bar.objects.select_related("case__owner").in_bulk({bar for _one, bar, _kinds in found})
    asked = set(Likeness.objects.filter(bar__in=bars).values_list("volunteer", "bar"))
    for person, bar, kinds in found:
        if (person, bar) not in asked:
            _ask(people[person], bars[bar], kinds, at)


def _ask(person: User, bar: Bar, kinds: list[str], at: datetime) -> None:
    # By its kind: the process stands above, because joining a bar compares everybody again.
    flow = Flow.by_kind["likeness"]
    case = open_case(flow, owner=bar.case.owner, by=None, at=at)
    likeness = Likeness.objects.create(case=case, volunteer=person, bar=bar, kinds=kinds)
    flow.steps["notice"](likeness, by=None, at=at, key=f"likeness:{case.pk}", opened=True)
