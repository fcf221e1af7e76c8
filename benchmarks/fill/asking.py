"""The requests of the product's cases, from what was filled."""

import uuid
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from benchmarks.asks import Ask, Asks, form
from benchmarks.fill.names import COMMON, RARE
from benchmarks.fill.sessions import cookie
from benchmarks.sizes import CROWD
from institutions.models import Slot
from registry.models import Type
from visits.models import Visit

COUNT = """
    select count(*) from visits_visit v join casework_case c on c.id = v.case_id
     where v.active and v.slot_id in ({slots}) and c.state = '{state}'
"""
WINNERS = COUNT.format(slots="{slot}", state="requested")


def pages(request: Visit, volunteer: User, desk: User, gate: User, commissioner: User) -> Asks:
    """Every page that is only looked at."""
    register, own, answering = reverse("register"), _cookie(volunteer), _cookie(desk)
    decision = reverse("request", args=[request.case.ref])
    one = {
        "front": Ask(reverse("home")),
        "common": Ask(f"{register}?{form(q=COMMON)}"),
        "rare": Ask(f"{register}?{form(q=RARE)}"),
        "start": Ask(reverse("start"), own),
        "visits": Ask(reverse("visits"), own),
        "find": Ask(reverse("visits-find"), own),
        "requests": Ask(reverse("requests"), answering),
        "request": Ask(decision, answering),
        "gate": Ask(reverse("gate"), _cookie(gate)),
        "late": Ask(reverse("late"), _cookie(commissioner)),
    }
    return Asks({name: [ask] for name, ask in one.items()})


def approvals(visits: Iterable[Visit], desk: User) -> list[Ask]:
    """The desk agrees to each, and is with the visitors itself."""
    own = _cookie(desk)
    return [
        Ask(
            reverse("request-check", args=[visit.case.ref]),
            own,
            form(
                key=uuid.uuid4().hex,
                seen=visit.case.version,
                choice="approve",
                supervisor=desk.pk,
                send=1,
            ),
        )
        for visit in visits
    ]


def bookings(slots: Sequence[Slot], people: Sequence[User], number: int) -> list[Ask]:
    """Volunteers in turn, each for every slot."""
    cookies = [_cookie(one) for one in people[: number // len(slots) + 1]]
    what = _type()
    return [_book(slots[n % len(slots)], cookies[n // len(slots)], what) for n in range(number)]


def last_places(slots: Iterable[Slot], people: Sequence[User]) -> list[tuple[int, list[Ask]]]:
    """A crowd for each of these slots: the last of the volunteers."""
    cookies = [_cookie(one) for one in people[-CROWD:]]
    what = _type()
    return [(slot.pk, [_book(slot, one, what) for one in cookies]) for slot in slots]


def booked(slots: Iterable[Slot]) -> str:
    """How many visits to these slots were asked for."""
    return _counted(slots, "requested")


def approved(slots: Iterable[Slot]) -> str:
    """How many visits to these slots were approved."""
    return _counted(slots, "approved")


def _book(slot: Slot, own: str, what: int) -> Ask:
    what = Type.objects.get(code="T01").pk
    sent = form(key=uuid.uuid4().hex, type=what, programme="Читаем вслух", well="on", send=1)
    return Ask(reverse("visit-new", args=[slot.pk]), own, sent)


def _type() -> int:
    return Type.objects.get(code="T01").pk


def _counted(slots: Iterable[Slot], state: str) -> str:
    return COUNT.format(slots=", ".join(str(one.pk) for one in slots), state=state)


def _cookie(person: User) -> str:
    return cookie(person, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
