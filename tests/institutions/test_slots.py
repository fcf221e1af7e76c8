"""Slots follow the windows of the door, in local time, as often as one publishes."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation
from institutions.models import Level, Slot
from institutions.queries import slots as queries
from institutions.services import slots
from institutions.tasks import publish_slots
from tests import factories
from tests.institutions.doing import (
    DAY,
    MOSCOW,
    NOON,
    TODAY,
    close,
    days,
    declare,
    type_,
    window,
)

pytestmark = pytest.mark.django_db
SATURDAY = TODAY + days(5)
AHEAD = 60


def all_slots() -> list[tuple[object, ...]]:
    names = ("pk", "door", "during", "capacity", "used", "withdrawn_at")
    return list(Slot.objects.order_by("pk").values_list(*names))


def first() -> Slot:
    return Slot.objects.filter(withdrawn_at=None).order_by("during")[0]


def test_a_window_becomes_one_slot_each_week_for_sixty_days(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    begins = [slot.during.lower for slot in Slot.objects.order_by("during")]
    weeks = range(0, AHEAD - 5 + 1, 7)
    expected = [datetime.combine(SATURDAY + days(n), time(11), MOSCOW) for n in weeks]
    assert begins == expected
    assert {(slot.capacity, slot.used) for slot in Slot.objects.all()} == {(5, 0)}


def test_publishing_again_changes_nothing(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5), window(1)])
    before = all_slots()
    assert slots.publish(cast.site, NOON) == 0
    assert all_slots() == before


def test_a_later_day_adds_only_what_is_new(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    before = all_slots()
    assert slots.publish(cast.site, NOON + days(7)) == 1
    assert all_slots()[: len(before)] == before
    assert slots.publish_all(NOON + days(7)) == 0


def test_the_task_publishes_for_every_site(cast: SimpleNamespace) -> None:
    publish_slots()
    assert Slot.objects.count() == 0


def test_nothing_is_published_for_an_hour_that_has_begun(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(0, 11, 13), window(0, 14, 15)])
    assert first().during.lower == datetime.combine(TODAY, time(14), MOSCOW)


def test_a_closure_withdraws_its_days_and_keeps_the_others(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    kept = Slot.objects.count() - 1
    close(cast.site, SATURDAY, SATURDAY)
    assert Slot.objects.filter(withdrawn_at=None).count() == kept
    gone = Slot.objects.exclude(withdrawn_at=None).get()
    assert gone.during.lower.astimezone(MOSCOW).date() == SATURDAY
    assert first().door.level == Level.AJAR


def test_a_promise_stands_though_its_time_is_no_longer_offered(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    slot = first()
    assert slots.take_places(slot.pk, 2, NOON)
    declare(cast.site, windows=[window(6)])
    slot.refresh_from_db()
    assert (slot.used, slot.withdrawn_at) == (2, NOON)
    assert not slots.take_places(slot.pk, 1, NOON)
    slots.give_back(slot.pk, 2)
    slot.refresh_from_db()
    assert slot.used == 0


def test_a_time_offered_again_is_smaller_by_what_was_promised(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    old = first()
    slots.take_places(old.pk, 2, NOON)
    declare(cast.site, windows=[window(6)])
    declare(cast.site, windows=[window(5)])
    fresh = first()
    assert (fresh.pk != old.pk, fresh.during == old.during, fresh.capacity) == (True, True, 3)
    slots.give_back(old.pk, 2)
    slots.publish(cast.site, NOON)
    fresh.refresh_from_db()
    assert fresh.capacity == 5


def test_a_smaller_window_never_breaks_a_promise(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    slot = first()
    slots.take_places(slot.pk, 4, NOON)
    declare(cast.site, windows=[window(5, capacity=2)])
    slot.refresh_from_db()
    assert (slot.capacity, slot.used, slot.withdrawn_at) == (4, 4, None)
    assert sorted(set(Slot.objects.exclude(pk=slot.pk).values_list("capacity", flat=True))) == [2]


def test_windows_that_overlap_make_one_slot(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5, 11, 13), window(5, 12, 14)])
    on_saturday = Slot.objects.filter(during__startswith__date=SATURDAY)
    assert [slot.during.lower.astimezone(MOSCOW).hour for slot in on_saturday] == [11]


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2024, 10, 26), 11, 9),  # summer time in Berlin
        (date(2024, 11, 2), 11, 10),  # winter time: the clock of the house did not move
        (date(2024, 10, 27), 11, 10),  # the day itself
    ],
)
def test_local_hours_survive_a_change_of_the_clocks(
    cast: SimpleNamespace, day: date, hour: int, utc: int
) -> None:
    Organisation.objects.filter(pk=cast.house.pk).update(zone="Europe/Berlin")
    at = datetime(2024, 10, 21, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    declare(cast.site, at=at, windows=[window(n, hour, hour + 2) for n in range(7)])
    begins = [slot.during.lower for slot in Slot.objects.order_by("during")]
    assert datetime.combine(day, time(utc), ZoneInfo("UTC")) in begins
    assert slots.publish(cast.site, at) == 0


def test_an_hour_that_does_not_exist_breaks_nothing(cast: SimpleNamespace) -> None:
    Organisation.objects.filter(pk=cast.house.pk).update(zone="Europe/Berlin")
    at = datetime(2025, 3, 24, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    night = window(6, 2, 3)
    night.begins, night.ends = time(2, 30), time(3, 15)
    declare(cast.site, at=at, windows=[night])
    before = all_slots()
    assert slots.publish(cast.site, at) == 0
    assert all_slots() == before
    assert len(before) == 7  # of eight Sundays, the one without that hour is left out


def test_places_are_taken_all_or_none(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    slot = first()
    assert slots.take_places(slot.pk, 3, NOON)
    assert not slots.take_places(slot.pk, 3, NOON)
    assert slots.take_places(slot.pk, 2, NOON)
    assert not slots.take_places(slot.pk, 1, NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        slots.give_back(slot.pk, 6)
    with pytest.raises(ValueError, match="0"):
        slots.take_places(slot.pk, 0, NOON)


def test_no_place_is_taken_once_the_time_has_come(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)])
    slot = first()
    assert not slots.take_places(slot.pk, 1, slot.during.lower)
    assert slots.take_places(slot.pk, 1, slot.during.lower - timedelta(seconds=1))


def test_open_slots_are_those_with_a_free_place_for_the_type(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5)], types=[type_("T01")])
    other = factories.institution()
    factories.member(other.organisation, "director")
    declare(other.sites.get(), windows=[window(6)])
    week = (NOON, NOON + days(7))
    assert [s.institution_id for s in queries.open_slots(None, *week)] == [cast.house.pk, other.pk]
    assert [s.site for s in queries.open_slots([cast.house.pk], *week)] == [cast.site]
    tutoring = queries.open_slots(None, *week, types=[type_("T04")])
    assert [s.institution_id for s in tutoring] == [other.pk]
    slots.take_places(first().pk, 5, NOON)
    assert [s.institution_id for s in queries.open_slots(None, *week)] == [other.pk]


def test_free_places_are_counted_by_day(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5, 11, 13), window(5, 14, 15, 2)])
    assert queries.free_by_day(cast.house.pk, "Europe/Moscow", NOON, 7) == [
        {"on": SATURDAY, "times": 2, "places": 7}
    ]
    assert queries.free_by_day(cast.house.pk, "Europe/Moscow", NOON + DAY, 4) == []
