"""Institutions that receive: a mode in force, its door, its times, an agreement with an NGO."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from benchmarks.fill.cases import CHUNK, open_cases
from benchmarks.fill.ground import PERIOD, TYPES, Ground
from institutions.flows import AgreementFlow, GuestModeFlow
from institutions.models import (
    Agreement,
    AgreementType,
    Door,
    GuestMode,
    Level,
    ModeState,
    Slot,
    Window,
)
from institutions.models.states import AgreementState
from registry.models import Institution, Site, Type

ZONE = ZoneInfo("Europe/Moscow")
BEGINNINGS = (time(10), time(11, 30), time(13), time(14, 30), time(16))
LENGTH = timedelta(minutes=75)
LONG_AGO = timedelta(days=300)
DAY = timedelta(days=1)
CAPACITY, AHEAD, A_WEEK = 12, 14, 30_000


def open_houses(institutions: Sequence[Institution], at: datetime) -> list[Door]:
    """A mode with windows and its door for each institution's site."""
    since = at - LONG_AGO
    fields = [{"owner_id": one.pk, "state": ModeState.IN_FORCE} for one in institutions]
    sites = {one.institution_id: one for one in Site.objects.filter(institution__in=institutions)}
    cases = open_cases(GuestModeFlow, since, fields)
    modes = GuestMode.objects.bulk_create(
        GuestMode(
            case=case,
            institution=one,
            site=sites[one.pk],
            level=Level.HALF,
            from_on=since.date(),
            notice_hours=1,
            published_at=since,
        )
        for case, one in zip(cases, institutions, strict=True)
    )
    Window.objects.bulk_create(
        Window(mode=mode, weekday=day, begins=begins, ends=_after(begins), capacity=CAPACITY)
        for mode in modes
        for day in range(7)
        for begins in BEGINNINGS
    )
    doors = (
        Door(
            site=mode.site,
            mode=mode,
            level=mode.level,
            during=DateRange(mode.from_on, None),
            since=since,
        )
        for mode in modes
    )
    return list(Door.objects.bulk_create(doors))


def slots(door: Door, times: Iterable[DateTimeTZRange], capacity: int = CAPACITY) -> list[Slot]:
    """The times of one door, none of them taken."""
    rows = (
        Slot(
            institution_id=door.mode.institution_id,
            site=door.site,
            door=door,
            during=one,
            capacity=capacity,
        )
        for one in times
    )
    return list(Slot.objects.bulk_create(rows, CHUNK))


def days(first: date, number: int) -> Iterator[DateTimeTZRange]:
    """Five times a day on so many days."""
    for n in range(number):
        for begins in BEGINNINGS:
            start = datetime.combine(first + n * DAY, begins, ZONE)
            yield DateTimeTZRange(start, start + LENGTH)


def whole_day(on: date) -> DateTimeTZRange:
    """From midnight to midnight: whenever it is measured, this is now."""
    start = datetime.combine(on, time.min, ZONE)
    return DateTimeTZRange(start, start + DAY)


def agree(ground: Ground, institution: Institution, at: datetime) -> Agreement:
    """A signed agreement that no week's limit of ever stops a measurement."""
    row = {"owner_id": institution.pk, "asker_id": ground.ngo.pk, "state": AgreementState.ACTIVE}
    (case,) = open_cases(AgreementFlow, at - LONG_AGO, [row])
    made = Agreement.objects.create(
        case=case,
        institution=institution,
        ngo=ground.ngo,
        during=PERIOD,
        visits_a_week=A_WEEK,
        people_a_visit=CAPACITY,
        offered_by_id=ground.ngo.pk,
        signed_at=at - LONG_AGO,
    )
    types = Type.objects.filter(code__in=TYPES)
    AgreementType.objects.bulk_create(AgreementType(agreement=made, type=one) for one in types)
    return made


def _after(begins: time) -> time:
    return (datetime.combine(date.min, begins) + LENGTH).time()
