"""One size of the product's data, and the requests that it can answer.

Two institutions receive the same NGO: one is looked at (its history grows with the size, what
waits for it does not), the other is where bookings and approvals are sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from benchmarks.asks import Asks
from benchmarks.fill import asking, ground, houses, people
from benchmarks.fill.visits import Staff, Wish, Writer
from benchmarks.sizes import Size
from casework.parameters import rules_on
from institutions.models import Door, Slot
from registry.models import Institution
from visits.flows.stages import S
from visits.models import Visit

DAY = timedelta(days=1)
BUSY_EVERY, VISITS_A_SLOT, IN_QUEUE = 10, 5, 10
BOOKING_SLOTS, PLENTY = 10, 1_000


@dataclass(frozen=True)
class Crew:
    """The people of a run; the first of the volunteers has a visit in every tenth."""

    volunteers: list[User]
    desk: User
    gate: User
    commissioner: User
    other_desk: User


def fill(size: Size) -> Asks:
    """Write everything."""
    at = timezone.now()
    rulebook = rules_on(timezone.localdate(at)).version
    found = ground.register(size.organisations)
    seen, sent, *others = found.houses[: size.houses + 2]
    doors = houses.open_houses([seen, sent, *others], at)
    for door in doors[2:]:
        houses.slots(door, houses.days(timezone.localdate(at) + DAY, houses.AHEAD))
    crew = _crew(found, [seen, sent], size.volunteers, at, rulebook)
    (coordinator,) = people.members(found.ngo.organisation, Role.COORDINATOR)
    staff = Staff(crew.desk, crew.gate, coordinator, rulebook)
    reading = _history(Writer(houses.agree(found, seen, at), staff, at), doors[0], crew, size)
    writer = Writer(houses.agree(found, sent, at), staff, at)
    return _asks(writer, doors[1], crew, size, reading)


def _crew(
    found: ground.Ground, pair: list[Institution], number: int, at: datetime, rulebook: int
) -> Crew:
    seen, sent = pair
    people.members(seen.organisation, Role.DIRECTOR)
    people.members(sent.organisation, Role.DIRECTOR)
    return Crew(
        people.volunteers(found, pair, number, at, rulebook),
        *people.members(seen.organisation, Role.DESK),
        *people.members(seen.organisation, Role.GATE),
        *people.members(found.department, Role.COMMISSIONER),
        *people.members(sent.organisation, Role.DESK),
    )


def _history(writer: Writer, door: Door, crew: Crew, size: Size) -> list[Visit]:
    """Past visits, twenty people expected today, and ten requests; the requests."""
    today, everybody = timezone.localdate(writer.at), crew.volunteers
    slots_a_day = len(houses.BEGINNINGS)
    past_days = size.visits // (VISITS_A_SLOT * slots_a_day)
    past = houses.slots(door, houses.days(today - past_days * DAY, past_days))
    (now,) = houses.slots(door, [houses.whole_day(today)], 2 * IN_QUEUE)
    ahead = houses.slots(door, houses.days(today + DAY, houses.AHEAD))
    writer.write(S.CLOSED, [_past(past, everybody, n) for n in range(size.visits)])
    expected = [Wish(now, everybody[2 * n : 2 * n + 2]) for n in range(IN_QUEUE)]
    writer.write(S.APPROVED, expected)
    wanted = [Wish(ahead[n], everybody[2 * n : 2 * n + 2]) for n in range(IN_QUEUE)]
    return writer.write(S.REQUESTED, wanted)


def _past(slots: list[Slot], everybody: list[User], number: int) -> Wish:
    """Two people; the first volunteer in every tenth visit, the others in turn."""
    slot, first = slots[number // VISITS_A_SLOT], 2 * number % (len(everybody) - 2) + 1
    pair = everybody[first : first + 2]
    return Wish(slot, [everybody[0], pair[1]] if number % BUSY_EVERY == 0 else pair)


def _asks(writer: Writer, door: Door, crew: Crew, size: Size, reading: list[Visit]) -> Asks:
    today, others = timezone.localdate(writer.at), crew.volunteers[1:]
    noons = list(houses.days(today + 20 * DAY, 60))[1 :: len(houses.BEGINNINGS)]
    late_slot, *approving = houses.slots(door, noons[:5], PLENTY)
    overdue = [Wish(late_slot, [others[n]], timedelta(hours=1 + n)) for n in range(size.late)]
    writer.write(S.REQUESTED, overdue)
    waiting = [
        Wish(approving[n // len(others)], [others[n % len(others)]]) for n in range(size.approvals)
    ]
    asks = asking.pages(reading[0], crew.volunteers[0], crew.desk, crew.gate, crew.commissioner)
    asks.cases["approve"] = asking.approvals(writer.write(S.REQUESTED, waiting), crew.other_desk)
    wide = houses.slots(door, noons[5 : 5 + BOOKING_SLOTS], PLENTY)
    asks.cases["book"] = asking.bookings(wide, others, size.bookings)
    last = houses.slots(door, noons[20 : 20 + size.trials], 1)
    asks.places = asking.last_places(last, others)
    asks.rows = {"book": asking.booked(wide), "approve": asking.approved(approving)}
    asks.winners = asking.WINNERS
    return asks
