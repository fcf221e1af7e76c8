"""Makes and fills the bare Django's tables: the same numbers of everything as the product's."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.search import SearchVector
from django.core.management import call_command
from django.utils import timezone

from benchmarks.asks import Ask, Asks, form
from benchmarks.baseline.models import Booking, Head, Name, Note, Slot
from benchmarks.fill.names import COMMON, RARE, name
from benchmarks.fill.sessions import cookie
from benchmarks.sizes import CROWD, Size

CHUNK, SLOTS_OF_A_HOUSE, WIDE, PLENTY = 2_000, 70, 10, 30_000
SENT = form(send=1)


def fill(size: Size) -> Asks:
    """Everything for one size, and the requests that it can answer."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    Name.objects.bulk_create((Name(name=name(n)) for n in range(size.organisations)), CHUNK)
    Name.objects.update(words=SearchVector("name", config="russian"))
    Head.objects.create(pk=1, h="")
    users = User.objects.bulk_create(
        User(username=f"user{n}", email=f"user{n}@example.org", password="!")  # noqa: S106  (none)
        for n in range(size.volunteers)
    )
    Note.objects.bulk_create(Note(user=users[n % len(users)]) for n in range(size.visits))
    slots = _slots(size.houses * SLOTS_OF_A_HOUSE, 5)
    _bookings((slots[n % len(slots)] for n in range(size.visits)), users, "approved")
    return _asks(size, users, [cookie(user, "sessionid", "csrftoken") for user in users])


def _asks(size: Size, users: list[User], cookies: list[str]) -> Asks:
    wide, last = _slots(WIDE, PLENTY), _slots(size.trials, 1)
    waiting = _bookings(_slots(size.approvals, PLENTY), users, "requested")
    counted = "select count(*) from baseline_booking where"
    return Asks(
        cases={
            "page": [Ask("/", cookies[0])],
            "common": [Ask(f"/search/?{form(q=COMMON)}")],
            "rare": [Ask(f"/search/?{form(q=RARE)}")],
            "book": [
                Ask(f"/book/{wide[n % WIDE].pk}/", cookies[n // WIDE], SENT)
                for n in range(size.bookings)
            ],
            "approve": [Ask(f"/approve/{one.pk}/", cookies[0], SENT) for one in waiting],
        },
        places=[
            (slot.pk, [Ask(f"/book/{slot.pk}/", one, SENT) for one in cookies[:CROWD]])
            for slot in last
        ],
        rows={
            "book": f"{counted} slot_id in ({', '.join(str(one.pk) for one in wide)})",
            "approve": f"{counted} state = 'approved' and id >= {waiting[0].pk}",
        },
        winners=f"{counted} slot_id = {{slot}}",
    )


def _slots(number: int, capacity: int) -> list[Slot]:
    first = timezone.now() + timedelta(days=1)
    rows = (
        Slot(place=name(n), begins=first + timedelta(minutes=n), capacity=capacity)
        for n in range(number)
    )
    return list(Slot.objects.bulk_create(rows, CHUNK))


def _bookings(slots: Any, users: list[User], state: str) -> list[Booking]:
    rows = (
        Booking(slot=slot, user=users[n // WIDE % len(users)], state=state)
        for n, slot in enumerate(slots)
    )
    return list(Booking.objects.bulk_create(rows, CHUNK))
