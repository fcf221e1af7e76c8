"""Clearance by another road: every paper is looked at on every day, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st

from volunteers.models import Requirement
from volunteers.models.vetting import PARENT
from volunteers.queries import clearance
from volunteers.queries.facts import Enough, Facts, Held

# Few days, so that papers, demands and stays often touch at their ends.
ORIGIN, SPAN = date(2026, 1, 1), 10
DAY = timedelta(days=1)
HERE, ELSEWHERE, PERSON = 7, 8, 1
TIERS = ("V1", "V2", "V3")
BIRTHDAYS = (None, date(1990, 5, 5), date(2008, 1, 15), date(2009, 6, 1), date(2012, 1, 20))


@dataclass(frozen=True)
class Paper:
    """An outcome: of which requirement, for where, from which day through which."""

    requirement: int
    where: int | None
    on: date
    through: date | None
    counts: bool

    def holds(self, on: date) -> bool:
        return self.counts and self.on <= on and (self.through is None or on <= self.through)


@dataclass(frozen=True)
class World:
    """What is asked of whom, and what one person has."""

    demands: list[Requirement]
    papers: list[Paper]
    born: date | None


def a_day() -> st.SearchStrategy[date]:
    return st.integers(0, SPAN).map(lambda days: ORIGIN + days * DAY)


@st.composite
def demanded(draw: st.DrawFn, pk: int) -> list[Requirement]:
    """A requirement with one demand or two, one after the other, in different tiers."""
    code = PARENT if pk == 1 else f"r{pk}"
    here = pk > 1 and draw(st.booleans())
    first = draw(st.none() | a_day())
    cut = draw(st.none() | a_day())
    periods = (
        [(first, cut), (cut, None)] if cut and (first is None or first < cut) else [(first, None)]
    )
    if len(periods) > 1 and draw(st.booleans()):
        periods.pop()
    found = []
    for lower, upper in periods:
        one = Requirement(
            pk=pk, code=code, per_institution=here, checked_by="ngo", name_ru="т", name_en="r"
        )
        one.tier, one.during = draw(st.sampled_from(TIERS)), DateRange(lower, upper)
        found.append(one)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    number = draw(st.integers(1, 4))
    demands = [one for pk in range(1, number + 1) for one in draw(demanded(pk))]
    papers = st.builds(
        lambda r, w, on, days, counts: Paper(
            r, w, on, None if days is None else on + days * DAY, counts
        ),
        st.integers(1, number),
        st.sampled_from((None, HERE, ELSEWHERE)),
        a_day(),
        st.none() | st.integers(0, SPAN),
        st.sampled_from((True, True, True, False)),
    )
    # As the database reads them: from the lowest tier up.
    demands.sort(key=lambda one: one.tier)
    return World(demands, draw(st.lists(papers, max_size=8)), draw(st.sampled_from(BIRTHDAYS)))


def days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def years(born: date, on: date) -> int:
    return sum(1 for n in range(1, 100) if date(born.year + n, born.month, born.day) <= on)


def oracle(world: World, tier: str, where: int | None, first: date, last: date) -> Iterator[int]:
    """The requirements that are not met; -1 where age stands in the way."""
    age = years(world.born, first) if world.born else None
    if (age is not None and age < 14) or (tier >= "V2" and (age is None or age < 18)):
        yield -1
    wanted = set()
    for one in world.demands:
        lower, upper = one.during.lower or date.min, one.during.upper or date.max
        on_some_day = any(lower <= on < upper for on in days(first, last))
        of_this = one.tier <= tier and (where is not None or not one.per_institution)
        young_only = one.code == PARENT and (age is None or age >= 18)
        if on_some_day and of_this and not young_only:
            wanted.add(one.pk)
    for pk in wanted:
        fitting = [p for p in world.papers if p.requirement == pk and p.where in (None, where)]
        if not any(all(p.holds(on) for on in days(first, last)) for p in fitting):
            yield pk


def as_facts(world: World) -> Facts:
    held: dict[tuple[int, int], list[Held]] = {}
    for p in world.papers:
        state = "valid" if p.counts else "revoked"
        row = Held(p.where, p.on, p.through, p.counts, state)
        held.setdefault((PERSON, p.requirement), []).append(row)
    return Facts(world.demands, {PERSON: world.born}, {}, Enough(0, 0), held)


@settings(max_examples=600, deadline=None)
@given(
    world=worlds(),
    tier=st.sampled_from(TIERS),
    where=st.sampled_from((None, HERE)),
    first=a_day(),
    length=st.integers(0, 5),
)
def test_the_answer_is_that_of_looking_at_every_paper_on_every_day(
    world: World, tier: str, where: int | None, first: date, length: int
) -> None:
    last = first + length * DAY
    missing = clearance.lacking(as_facts(world), PERSON, tier, where, first, last)
    found = {one.requirement.pk if one.requirement else -1 for one in missing}
    assert found == set(oracle(world, tier, where, first, last))
