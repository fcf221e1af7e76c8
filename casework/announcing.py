"""Telling both sides of every case whose term a changed calendar has moved, and the trail."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from accounts.permissions import Permission
from casework import telling, trail
from casework.details import detail_in, with_details
from casework.models import CalendarChange, Case
from casework.parties import ASKER, Depends, Either, Members, opener
from casework.process import Party, stage_of
from casework.recounting import Move

KIND = "term_moved"
AT_ONCE = 1_000
asking_side = Members(ASKER, Permission.SEE_CASES, "")


_TELL = """
    with said (case_id, body) as (select * from unnest(%s::bigint[], %s::text[])),
    notice as (
        insert into casework_notice (key, person_id, case_id, kind, "values", at)
        select %s || ':' || heard.case_id || ':' || heard.person,
               heard.person, heard.case_id, %s, said.body::jsonb, %s
          from unnest(%s::bigint[], %s::bigint[]) heard (case_id, person)
          join said using (case_id)
        returning id, at
    )
    insert into casework_delivery (notice_id, channel, state, available_at, attempts, trouble)
    select id, 'email', 'queued', at, 0, '' from notice
"""


def tell_of_moves(
    moved: list[Move], change: CalendarChange, *, by: int | None, at: datetime
) -> None:
    """One notice for each person and case, and a line in the trail for each organisation that
    owns terms which moved. Whoever's move it is hears of it, and whoever asked.
    """
    of_case: dict[int, list[Move]] = defaultdict(list)
    for move in moved:
        of_case[move.term.case_id].append(move)
    _note(moved, change, by)
    hearing = Hearing(at.astimezone(ZoneInfo(change.case.owner.zone)).date())
    cases = list(of_case)
    for first in range(0, len(cases), AT_ONCE):
        some = {case: of_case[case] for case in cases[first : first + AT_ONCE]}
        _tell(some, change, hearing, at)
    if moved:
        transaction.on_commit(telling.ring, robust=True)


class Hearing:
    """Who hears of a case on one day; what many cases have in common is asked once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[Any, frozenset[int]] = {}

    def of(self, detail: Any) -> frozenset[int]:
        """Whoever's move it is, and whoever asked."""
        case = detail.case
        asker: Party = asking_side if case.asker_id else opener
        owner = stage_of(case).owner
        return self._people(asker, detail) | (self._people(owner, detail) if owner else set())

    def _people(self, party: Party, detail: Any) -> frozenset[int]:
        if isinstance(party, Either):
            return frozenset().union(*(self._people(one, detail) for one in party.parties))
        if isinstance(party, Depends):
            return self._people(party.pick(detail), detail)
        # The members of a side depend on its organisation alone.
        shared = isinstance(party, Members)
        key = (party, detail.case.owner_id, detail.case.asker_id) if shared else None
        if key in self._known:
            return self._known[key]
        found = frozenset(party.people(detail, self.on).values_list("pk", flat=True))
        if key:
            self._known[key] = found
        return found


def _tell(
    of_case: dict[int, list[Move]], change: CalendarChange, hearing: Hearing, at: datetime
) -> None:
    """Notices and their letters for some cases: one statement."""
    kinds = {move.term.case.kind for moves in of_case.values() for move in moves}
    cases = list(with_details(Case.objects.filter(pk__in=of_case), kinds))
    said = [json.dumps(_values(case, of_case[case.pk], change)) for case in cases]
    heard = [(case.pk, person) for case in cases for person in hearing.of(detail_in(case))]
    told, people = ([pair[place] for pair in heard] for place in (0, 1))
    key = f"{KIND}:{change.version_id}"
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [[case.pk for case in cases], said, key, KIND, at, told, people])


def _values(case: Case, moves: Iterable[Move], change: CalendarChange) -> dict[str, Any]:
    """What the letter says; days as ISO, clocks by their names."""
    return {
        "ref": case.ref,
        "kind": case.kind,
        "year": change.year_id,
        "act_number": change.act_number,
        "act_on": change.act_on.isoformat(),
        "terms": [
            {
                "pk": one.term.pk,
                "name": one.term.name,
                "before": one.last_before.isoformat(),
                "after": one.last_after.isoformat(),
            }
            for one in moves
        ],
    }


def _note(moved: Iterable[Move], change: CalendarChange, by: int | None) -> None:
    """The trail names the change; its digest is of every end before and after."""
    of_owner: dict[int, list[str]] = defaultdict(list)
    for one in moved:
        ends = f"{one.term.due_at.isoformat()}>{one.end.isoformat()}"
        of_owner[one.term.case.owner_id].append(f"{one.term.pk}:{ends}")
    for owner, lines in sorted(of_owner.items()):
        trail.record(
            tenant=owner,
            actor=by,
            action="term.moved",
            subject=f"case:{change.pk}",
            values="\n".join(lines),
        )
