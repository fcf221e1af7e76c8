"""When somebody can come: the open times of their agreements, with what may be done there.

One query finds what the rules of booking would let pass for one more person; a test holds both
to the same answer. Clearance is then asked of facts read once.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min

from accounts.hats import Acting
from accounts.roles import OrganisationKind, Role
from institutions.models import SIGNED, Slot
from institutions.queries import narrowing
from registry.models import Tier, TypeVersion
from registry.queries.versions import versions
from visits.plans import COUNTED, local_day
from volunteers.models import Experience
from volunteers.queries.clearance import Missing, lacking
from volunteers.queries.facts import Facts, Visited, facts
from volunteers.queries.needed import Needed, needed

_POSSIBLE = """
    with deal as materialized (
        select a.* from institutions_agreement a
          join casework_case c on c.id = a.case_id and c.state = any(%(signed)s)
         where a.ngo_id = any(%(ngos)s)),
    -- The visits that count in a week's limit, read once and not for every time.
    counted as materialized (
        select w.agreement_id, w.during from deal a
          join visits_visit w on w.agreement_id = a.case_id
           and w.during && tstzrange(%(at)s - interval '8 days', %(to)s + interval '8 days')
          join casework_case wc on wc.id = w.case_id and wc.state = any(%(counted)s))
    select x.id, v.id, a.ngo_id, (select mark from casework_edition where name = 'catalogue')
      from deal a
      join institutions_slot x on x.institution_id = a.institution_id
      join institutions_door d on d.id = x.door_id and d.level <> 'shut'
      join institutions_guestmode m on m.case_id = d.mode_id
      join accounts_organisation o on o.id = x.institution_id
      join registry_institution i on i.organisation_id = x.institution_id
     cross join lateral (select (lower(x.during) at time zone o.zone)::date as day_on) day
     cross join lateral (
           select tstzrange(date_trunc('week', day_on::timestamp) at time zone o.zone,
                  (date_trunc('week', day_on::timestamp) + interval '7 days')
                  at time zone o.zone) as days) week
      join institutions_agreementtype t on t.agreement_id = a.case_id
      join registry_typeversion v on v.type_id = t.type_id and v.during @> day_on
     where a.during @> day_on and (a.ended_on is null or a.ended_on >= day_on)
       and x.withdrawn_at is null and x.used < x.capacity and lower(x.during) > %(at)s
       and lower(x.during) >= %(at)s + make_interval(hours => m.notice_hours)
       and lower(x.during) < %(to)s
       and (%(institution)s is null or x.institution_id = %(institution)s)
       and (%(slot)s is null or x.id = %(slot)s)
       and (not exists (select from institutions_guestmode_types k
                         where k.guestmode_id = m.case_id)
            or exists (select from institutions_guestmode_types k
                        where k.guestmode_id = m.case_id and k.type_id = t.type_id))
       and exists (select from registry_approved p
                     join registry_registration r on r.id = p.registration_id
                    where r.ngo_id = a.ngo_id and p.type_id = t.type_id and p.kind_id = i.kind_id
                      and r.during @> day_on
                      and (r.withdrawn_on is null or r.withdrawn_on > day_on))
       and not exists (select from registry_suspension s
                        where s.ngo_id = a.ngo_id and s.suspended_at is not null
                          and day_on between s.from_on and s.through_on
                          and (s.lifted_on is null or s.lifted_on > day_on)
                          and coalesce(s.type_id, t.type_id) = t.type_id
                          and coalesce(s.institution_id, x.institution_id) = x.institution_id)
       and not exists (select from visits_participation q
                        where q.volunteer_id = %(person)s and q.active and q.coming
                          and q.during && x.during)
       and (select count(*) from counted w
             where w.agreement_id = a.case_id and w.during && week.days) < a.visits_a_week
     order by lower(x.during), x.id, v.type_id, a.case_id
"""


@dataclass(frozen=True)
class Seeker:
    """Who looks for a time: under whose agreements; `person` is asked for their clearance."""

    ngos: tuple[int, ...]
    person: int | None = None


@dataclass(frozen=True)
class Kept:
    """A type that cannot be taken yet, and what is missing for it."""

    version: TypeVersion
    missing: tuple[Missing, ...]


@dataclass
class Time:
    """One open time: what may be taken, what not yet, under whose agreement each, and what each
    asks for there.
    """

    slot: Slot
    on: date
    fits: list[TypeVersion] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    ngos: dict[int, int] = field(default_factory=dict)
    needs: dict[TypeVersion, Needed] = field(default_factory=dict)


def seeker(acting: Acting) -> Seeker:
    """A volunteer looks under all their NGOs, whoever speaks for an NGO under that one."""
    if acting.role == Role.VOLUNTEER:
        mine = [
            hat.organisation_id
            for hat in acting.hats
            if hat.role == Role.VOLUNTEER and hat.organisation.kind == OrganisationKind.NGO
        ]
        return Seeker(tuple(mine), acting.user.pk)
    return Seeker((acting.organisation.pk,) if acting.organisation else ())


def times(
    who: Seeker,
    at: datetime,
    to: datetime,
    *,
    institution: int | None = None,
    slot: Slot | None = None,
) -> list[Time]:
    """The open times between two instants, earliest first: at most four queries.

    For one `slot`, which must come with all it says of itself, one less.
    """
    rows = _possible(who, at, to, institution, slot.pk if slot else None)
    if not rows:
        return []
    slots = {slot.pk: slot} if slot else _slots({row[0] for row in rows})
    catalogue = {one.pk: one for one in versions(rows[0][3])}
    found: dict[int, Time] = {}
    for slot_id, version_id, ngo_id, edition in rows:
        here, version = slots[slot_id], catalogue[version_id]
        on = local_day(here.during.lower, here.institution)
        house = narrowing.demand(here.institution_id, version.type_id, on, edition)
        if house.excluded:
            continue
        time = found.setdefault(slot_id, Time(here, on))
        if version.type_id not in time.ngos:
            time.ngos[version.type_id] = ngo_id
            time.needs[version] = needed(here.institution_id, version, on, edition)
    _judged(found.values(), who.person, at)
    return list(found.values())


def _judged(found: Collection[Time], person: int | None, at: datetime) -> None:
    """What may be taken in each of these times, and what is kept until something is there."""
    tiers = [need.tier for time in found for need in time.needs.values()]
    judge = Judge.of(person, [time.slot for time in found], max(tiers, default=""), at)
    for time in found:
        for version, need in time.needs.items():
            judge.put(version, need, time)


@dataclass
class Judge:
    """What one person lacks, asked of facts read once; nobody's clearance without a person."""

    person: int | None
    known: Facts | None = None
    visited: dict[int, Visited] = field(default_factory=dict)
    answers: dict[tuple[int, Needed], tuple[Missing, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        person: int | None,
        slots: Iterable[Slot],
        tier: str,
        at: datetime,
    ) -> "Judge":
        """Read the facts: three queries, and one more where experience is asked for."""
        if person is None or not tier:
            return cls(None)
        known = facts([person], tier=tier, institution=None, on=at.date())
        if tier < Tier.V3:
            return cls(person, known)
        return cls(person, known, dict(_visited(person, {slot.institution_id for slot in slots})))

    def put(self, version: TypeVersion, need: Needed, time: Time) -> None:
        """Among what may be taken, or among what is kept until something is there."""
        if missing := self.missing(need, time.slot.institution_id):
            time.kept.append(Kept(version, missing))
        else:
            time.fits.append(version)

    def missing(self, need: Needed, institution: int) -> tuple[Missing, ...]:
        """What is missing for this there."""
        if self.person is None or self.known is None:
            return ()
        key = (institution, need)
        if key not in self.answers:
            there = {self.person: self.visited.get(institution, Visited())}
            known = replace(self.known, visited=there)
            days = (need.first_on, need.last_on)
            self.answers[key] = tuple(lacking(known, self.person, need.tier, institution, *days))
        return self.answers[key]


def _slots(keys: set[int]) -> dict[int, Slot]:
    return Slot.objects.select_related(
        "site__district__okrug", "institution__organisation", "institution__kind", "door__mode"
    ).in_bulk(keys)


def _possible(
    who: Seeker, at: datetime, to: datetime, institution: int | None, slot: int | None
) -> list[Any]:
    values = {
        "ngos": list(who.ngos),
        "person": who.person,
        "at": at,
        "to": to,
        "institution": institution,
        "slot": slot,
        "signed": [state.value for state in SIGNED],
        "counted": list(COUNTED),
    }
    with connection.cursor() as cursor:
        cursor.execute(_POSSIBLE, values)
        rows: list[Any] = cursor.fetchall()
    return rows


def _visited(person: int, institutions: Iterable[int]) -> Iterator[tuple[int, Visited]]:
    made = Experience.objects.filter(volunteer=person, institution__in=institutions)
    rows = made.values_list("institution").annotate(Count("pk"), Min("on"), Max("on"))
    for institution, number, first, last in rows:
        yield institution, Visited(number, first, last)
