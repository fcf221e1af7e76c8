"""Which door a site has on which day, and that what was declared is never rewritten."""

from collections import Counter
from datetime import datetime, time
from types import SimpleNamespace

import pytest

from casework.engine import offers
from casework.models import Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from institutions.flows import GuestModeFlow
from institutions.models import Door, GuestMode, Level, ModeState
from institutions.queries import doors
from institutions.services import modes
from tests import factories
from tests.institutions.doing import (
    DAY,
    MOSCOW,
    NOON,
    TODAY,
    agree,
    close,
    days,
    declare,
    director_of,
    key,
    window,
)

pytestmark = pytest.mark.django_db


def levels(cast: SimpleNamespace, *numbers: int) -> list[str]:
    return [doors.door_on(cast.site.pk, TODAY + days(number)).level for number in numbers]


def state(mode: GuestMode) -> str:
    return GuestMode.objects.get(pk=mode.pk).case.state


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


def test_where_nothing_is_declared_the_door_is_ajar(cast: SimpleNamespace) -> None:
    assert doors.door_on(cast.site.pk, TODAY) == doors.Standing(Level.AJAR, None, "", None)


def test_a_declared_mode_holds_from_its_first_day(cast: SimpleNamespace) -> None:
    mode = declare(cast.site, Level.WIDE, from_on=TODAY + days(3), conditions="Бахилы")
    assert levels(cast, 0, 2, 3, 400) == ["ajar", "ajar", "wide", "wide"]
    standing = doors.door_on(cast.site.pk, TODAY + days(3))
    assert (standing.mode, standing.conditions, standing.until) == (mode, "Бахилы", None)


def test_a_mode_with_a_last_day_gives_way_to_the_one_before(cast: SimpleNamespace) -> None:
    declare(cast.site, Level.HALF)
    summer = declare(cast.site, Level.WIDE, from_on=TODAY + days(5), through_on=TODAY + days(9))
    assert levels(cast, 4, 5, 9, 10) == ["half", "wide", "wide", "half"]
    assert doors.door_on(cast.site.pk, TODAY + days(5)).until == TODAY + days(9)
    assert state(summer) == ModeState.IN_FORCE


def test_after_a_closure_the_door_stands_ajar_with_the_hours_it_had(cast: SimpleNamespace) -> None:
    mode = declare(cast.site, Level.WIDE)
    closure = close(cast.site, TODAY + days(2), TODAY + days(4))
    assert levels(cast, 1, 2, 4, 5, 300) == ["wide", "shut", "shut", "ajar", "ajar"]
    assert doors.door_on(cast.site.pk, TODAY + days(3)).mode == closure
    assert doors.door_on(cast.site.pk, TODAY + days(5)).mode == mode


def test_a_new_mode_goes_around_a_closure(cast: SimpleNamespace) -> None:
    close(cast.site, TODAY + days(2), TODAY + days(4))
    declare(cast.site, Level.WIDE)
    assert levels(cast, 0, 1, 2, 4, 5) == ["wide", "wide", "shut", "shut", "ajar"]
    declare(cast.site, Level.WIDE, from_on=TODAY + days(5))
    assert levels(cast, 4, 5) == ["shut", "wide"]


def test_a_door_is_never_shortened_but_withdrawn(cast: SimpleNamespace) -> None:
    declare(cast.site, Level.WIDE)
    before = set(Door.objects.values_list("pk", "level", "during", "since"))
    declare(cast.site, Level.AJAR, at=NOON + days(7))
    assert before <= set(Door.objects.values_list("pk", "level", "during", "since"))
    gone = Door.objects.exclude(withdrawn_at=None)
    assert list(gone.values_list("withdrawn_at", flat=True)) == [NOON + days(7)]
    assert levels(cast, 0, 6, 7) == ["wide", "wide", "ajar"]


def test_the_mode_that_was_replaced_is_closed_at_once(cast: SimpleNamespace) -> None:
    first = declare(cast.site, Level.HALF)
    declare(cast.site, Level.WIDE)
    assert state(first) == ModeState.SUPERSEDED


def test_the_mode_that_will_be_replaced_holds_until_that_day(cast: SimpleNamespace) -> None:
    first = declare(cast.site, Level.HALF)
    declare(cast.site, Level.WIDE, from_on=TODAY + days(3))
    assert (modes.supersede_passed(NOON + days(2)), state(first)) == (0, ModeState.IN_FORCE)
    assert (modes.supersede_passed(NOON + days(3)), state(first)) == (1, ModeState.SUPERSEDED)
    assert modes.supersede_passed(NOON + days(3)) == 0


def test_a_mode_without_a_last_day_has_no_term(cast: SimpleNamespace) -> None:
    mode = declare(cast.site, Level.HALF)
    assert Term.objects.filter(case=mode.pk).count() == 0
    assert (sweep(NOON + days(4000)), state(mode)) == (0, ModeState.IN_FORCE)


def test_a_mode_with_a_last_day_has_a_term_and_the_clock_ends_it(cast: SimpleNamespace) -> None:
    mode = declare(cast.site, Level.HALF, through_on=TODAY + DAY)
    midnight = datetime.combine(TODAY + days(2), time.min, MOSCOW)
    terms = Term.objects.filter(case=mode.pk)
    assert list(terms.values_list("name", "due_at", "stopped_at")) == [("end", midnight, None)]
    assert (sweep(NOON + DAY), state(mode)) == (0, ModeState.IN_FORCE)
    assert (sweep(NOON + days(2)), state(mode)) == (1, ModeState.ENDED)
    assert terms.get().stopped_at == NOON + days(2)


def test_both_are_published_by_one_step_with_one_letter(cast: SimpleNamespace) -> None:
    agree(cast)
    for mode in (declare(cast.site), declare(cast.site, through_on=TODAY + days(9))):
        heard = Notice.objects.filter(case=mode.pk).values_list("kind", "person")
        told = (cast.desk, cast.head, cast.coordinator)
        assert set(heard) == {("guest_mode_publish", person.pk) for person in told}


@pytest.mark.parametrize(
    ("level", "expected"),
    [(Level.HALF, ["publish", "discard"]), (Level.SHUT, ["close", "discard"])],
)
def test_a_draft_is_opened_or_closed_but_never_both(
    cast: SimpleNamespace, level: str, expected: list[str]
) -> None:
    by = director_of(cast.site)
    dates = {"from_on": TODAY, "through_on": TODAY}
    if level == Level.SHUT:
        draft = modes.draft_closure(
            site=cast.site, act_number="1", act_on=TODAY, by=by, at=NOON, **dates
        )
    else:
        draft = modes.draft_mode(
            site=cast.site, level=level, windows=[window(5)], by=by, at=NOON, **dates
        )
    assert [step.name for step, _ in offers(draft, by, NOON)] == expected


def test_a_closure_ends_by_the_clock_and_the_house_hears(cast: SimpleNamespace) -> None:
    closure = close(cast.site, TODAY, TODAY + DAY)
    assert (sweep(NOON + DAY), state(closure)) == (0, ModeState.SHUT)
    assert (sweep(NOON + days(2)), state(closure)) == (1, ModeState.ENDED)
    heard = Notice.objects.filter(kind="guest_mode_end").values_list("person", flat=True)
    assert set(heard) == {cast.director.pk, cast.desk.pk}


def test_reopening_early_leaves_the_door_ajar_from_that_day(cast: SimpleNamespace) -> None:
    declare(cast.site, Level.WIDE)
    closure = close(cast.site, TODAY, TODAY + days(9))
    GuestModeFlow.reopen(
        closure, by=director_of(cast.site), at=NOON + days(4), key=key(), reason="Все здоровы"
    )
    assert levels(cast, 0, 3, 4, 10) == ["shut", "shut", "ajar", "ajar"]
    assert state(closure) == ModeState.REOPENED


def test_a_closure_called_off_before_its_first_day_leaves_no_trace(cast: SimpleNamespace) -> None:
    declare(cast.site, Level.WIDE)
    closure = close(cast.site, TODAY + days(5), TODAY + days(9))
    GuestModeFlow.reopen(
        closure, by=director_of(cast.site), at=NOON, key=key(), reason="Ошибка в приказе"
    )
    assert levels(cast, 4, 5, 9, 10) == ["wide", "wide", "wide", "wide"]


def test_a_withdrawn_mode_gives_back_the_one_before(cast: SimpleNamespace) -> None:
    declare(cast.site, Level.HALF)
    summer = declare(cast.site, Level.WIDE, through_on=TODAY + days(9))
    GuestModeFlow.withdraw(
        summer, by=director_of(cast.site), at=NOON + days(2), key=key(), reason="Нет смены"
    )
    assert levels(cast, 0, 1, 2) == ["wide", "wide", "half"]
    assert state(summer) == ModeState.WITHDRAWN


def test_only_the_director_of_the_house_declares(cast: SimpleNamespace) -> None:
    mode = modes.draft_mode(
        site=cast.site, level=Level.AJAR, from_on=TODAY, by=director_of(cast.site), at=NOON
    )
    other = factories.institution()
    stranger = factories.member(other.organisation, "director")
    for person in (cast.desk, cast.head, cast.registrar, stranger):
        with pytest.raises(Refused) as refused:
            modes.declare(mode, by=factories.acting(person), at=NOON, key=key())
        assert codes(refused) == ["not_yours"]


def test_everybody_who_comes_or_receives_hears_of_a_closure(cast: SimpleNamespace) -> None:
    agree(cast)
    close(cast.site, TODAY, TODAY + DAY)
    heard = Notice.objects.filter(kind="guest_mode_close").values_list("person", flat=True)
    expected = {cast.desk, cast.head, cast.coordinator, cast.registrar}
    assert set(heard) == {person.pk for person in expected}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"from_on": TODAY - DAY}, ["past"]),
        ({"instant": True}, ["consent", "supervisor"]),
        ({"windows": []}, ["hours"]),
    ],
)
def test_a_mode_that_cannot_hold_is_refused(
    cast: SimpleNamespace, fields: dict[str, object], expected: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        declare(cast.site, Level.HALF, **fields)
    assert codes(refused) == expected


def test_a_mode_does_not_begin_inside_a_closure(cast: SimpleNamespace) -> None:
    close(cast.site, TODAY, TODAY + days(3))
    with pytest.raises(Refused) as refused:
        declare(cast.site, Level.HALF, from_on=TODAY + days(3))
    assert codes(refused) == ["shut"]


def test_one_order_closes_for_fourteen_days_at_most(cast: SimpleNamespace) -> None:
    close(cast.site, TODAY, TODAY + days(13))
    with pytest.raises(Refused) as refused:
        close(cast.site, TODAY, TODAY + days(14))
    assert codes(refused) == ["long"]


def test_an_order_of_tomorrow_closes_nothing_today(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refused:
        modes.draft_closure(
            site=cast.site,
            from_on=TODAY,
            through_on=TODAY,
            act_number="1",
            act_on=TODAY + DAY,
            by=director_of(cast.site),
            at=NOON,
        )
    assert codes(refused) == ["act"]


def test_doors_of_many_sites_are_one_question(
    cast: SimpleNamespace, django_assert_num_queries: object
) -> None:
    other = factories.institution()
    factories.member(other.organisation, "director")
    declare(other.sites.get(), Level.WIDE)
    ids = [cast.site.pk, other.sites.get().pk]
    with django_assert_num_queries(1):
        found = doors.doors_on(ids, TODAY)
    assert [found[pk].level for pk in ids] == ["ajar", "wide"]


def test_institutions_are_counted_once_by_their_widest_door(cast: SimpleNamespace) -> None:
    second = cast.house.sites.create(name="Корпус 2", district=cast.site.district)
    close(second, TODAY, TODAY)
    other = factories.institution()
    factories.member(other.organisation, "director")
    close(other.sites.get(), TODAY, TODAY)
    assert doors.counts(TODAY) == Counter(ajar=1, shut=1)
    assert doors.by_district(TODAY) == {cast.site.district.oktmo: Counter(ajar=1, shut=1)}
    assert doors.of_institutions([cast.house.pk], TODAY)[cast.house.pk] == Level.AJAR
    declare(second, Level.WIDE, from_on=TODAY + DAY, windows=[window(1)])
    assert doors.of_institutions([cast.house.pk], TODAY + DAY)[cast.house.pk] == Level.WIDE
