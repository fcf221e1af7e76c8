"""A house adds to what the catalogue demands, and never takes anything away."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from accounts.hats import Acting
from accounts.roles import Role
from casework import ripple
from casework.models import Notice, Term
from casework.parameters import rules_on
from casework.process import Ask, Refused
from casework.sweep import sweep
from institutions.flows import NarrowingFlow as Flow
from institutions.models import NarrowedType
from institutions.queries.narrowing import demand, tier_here
from institutions.services.narrowing import Demanded, draft
from registry.queries.types import newest
from tests import factories
from tests.institutions.doing import type_
from tests.visits import receiving as make
from tests.visits.receiving import NOON, TODAY, TOMORROW, signed_in, words
from visits.queries.times import Seeker, times

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = TOMORROW + 7 * DAY
SOON = TOMORROW + DAY


@pytest.fixture
def cast() -> Iterator[SimpleNamespace]:
    with time_machine.travel(NOON, tick=False):
        yield make.house()


def director(cast: SimpleNamespace) -> Acting:
    return factories.acting(cast.director, TODAY, Role.DIRECTOR)


def drafted(cast: SimpleNamespace, code: str = "T01", **fields: Any) -> NarrowedType:
    fields.setdefault("from_on", SOON)
    wanted = Demanded(type_(code), reason="Карантин прошёл недавно", **fields)
    return draft(cast.house, wanted, by=director(cast), at=NOON)


def declared(cast: SimpleNamespace, code: str = "T01", **fields: Any) -> NarrowedType:
    one = drafted(cast, code, **fields)
    sign = ripple.digest(touched(one))
    Flow.narrow(one, by=director(cast), at=NOON, key=f"n{one.pk}", confirmed=sign)
    return NarrowedType.objects.select_related("case").get(pk=one.pk)


def touched(one: NarrowedType) -> list[ripple.Touched]:
    return ripple.touched_by("narrowing", Ask(one, None, NOON, rules_on(TODAY)))


def tiers(cast: SimpleNamespace, *days: Any) -> list[str]:
    version = newest(type_("T01"))
    return [tier_here(cast.house.pk, version, on) for on in days]


def refusals(work: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        work()
    return [(one.code, one.field) for one in refused.value.objections]


def test_a_higher_tier_holds_in_this_house_for_its_days(cast: SimpleNamespace) -> None:
    declared(cast, tier_at_least="V3", through_on=SOON + 10 * DAY)
    last = SOON + 10 * DAY
    assert tiers(cast, SOON - DAY, SOON, last, last + DAY) == ["V2", "V3", "V3", "V2"]
    other = factories.institution()
    assert tier_here(other.pk, newest(type_("T01")), SOON) == "V2"
    assert demand(cast.house.pk, type_("T05"), SOON).tier == ""


def test_a_draft_demands_nothing(cast: SimpleNamespace) -> None:
    drafted(cast, tier_at_least="V3")
    assert tiers(cast, SOON) == ["V2"]


def test_several_add_up(cast: SimpleNamespace) -> None:
    declared(cast, conditions="Сменная обувь")
    declared(cast, tier_at_least="V3", conditions="Без телефонов")
    found = demand(cast.house.pk, type_("T01"), SOON)
    assert (found.tier, found.excluded) == ("V3", False)
    assert found.conditions == ("Сменная обувь", "Без телефонов")


@pytest.mark.parametrize("tier", ["V1", "V2"])
def test_it_never_loosens(cast: SimpleNamespace, tier: str) -> None:
    assert refusals(lambda: drafted(cast, tier_at_least=tier)) == [("loosens", "tier_at_least")]
    assert not NarrowedType.objects.exists()


def test_the_database_never_loosens_either(cast: SimpleNamespace) -> None:
    one = drafted(cast, tier_at_least="V3")
    with pytest.raises(Exception, match="never for less"), transaction.atomic():
        NarrowedType.objects.filter(pk=one.pk).update(tier_at_least="V1")


def test_what_was_declared_stays_written(cast: SimpleNamespace) -> None:
    one = declared(cast, conditions="Сменная обувь")
    for change in ({"conditions": "Никаких"}, {"from_on": TODAY}, {"declared_at": None}):
        with pytest.raises(Exception, match="only ever taken back"), transaction.atomic():
            NarrowedType.objects.filter(pk=one.pk).update(**change)
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("set local role open_doors_app; delete from institutions_narrowedtype")


@pytest.mark.parametrize(
    ("fields", "objection"),
    [
        ({}, ("nothing", "conditions")),
        ({"conditions": "  "}, ("nothing", "conditions")),
        ({"conditions": "Обувь", "from_on": TODAY - DAY}, ("past", "from_on")),
        ({"conditions": "Обувь", "through_on": TODAY}, ("days", "through_on")),
        ({"conditions": "Обувь", "code": "T12"}, ("type", "type")),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    cast: SimpleNamespace, fields: dict[str, Any], objection: tuple[str, str]
) -> None:
    assert refusals(lambda: drafted(cast, **fields)) == [objection]


def test_only_the_director_of_the_house_declares(cast: SimpleNamespace) -> None:
    one = drafted(cast, conditions="Сменная обувь")
    desk = factories.acting(cast.desk, TODAY, Role.DESK)
    other = factories.institution()
    stranger = factories.acting(factories.member(other.organisation, Role.DIRECTOR), TODAY)
    for who in (desk, stranger):
        assert refusals(lambda who=who: Flow.narrow(one, by=who, at=NOON, key="x")) == [
            ("not_yours", "")
        ]
    wanted = Demanded(type_("T01"), SOON, "Почему", conditions="Обувь")
    assert refusals(lambda: draft(cast.house, wanted, by=stranger, at=NOON)) == [("not_yours", "")]


def test_a_higher_tier_takes_off_who_lacks_it(cast: SimpleNamespace) -> None:
    ready, other = make.helper(cast, "Анна", tier="V3"), make.helper(cast, "Борис")
    before = make.booked(cast, other)
    both = make.booked(cast, ready, other, on=NEXT)
    alone = make.booked(cast, other, hour=16, on=NEXT)
    one = drafted(cast, tier_at_least="V3")
    assert [(found.id, found.people) for found in touched(one)] == [
        (both.case.ref, 1),
        (alone.case.ref, 1),
    ]
    assert refusals(lambda: Flow.narrow(one, by=director(cast), at=NOON, key="n")) == [
        ("touched", "")
    ]
    sign = ripple.digest(touched(one))
    Flow.narrow(one, by=director(cast), at=NOON, key="n", confirmed=sign)
    states = [make.again(visit).case.state for visit in (before, both, alone)]
    assert states == ["approved", "approved", "cancelled"]
    assert both.participations.get(volunteer=other.person).coming is False


def test_an_excluded_type_is_cancelled_there_and_cannot_be_booked(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    visit = make.booked(cast, who, on=NEXT)
    declared(cast, excluded=True)
    assert make.again(visit).case.state == "cancelled"
    with pytest.raises(Refused, match="не принимает вид"):
        make.request(cast, who, on=NEXT)
    assert make.request(cast, who, code="T05", on=NEXT).case.state == "requested"
    assert make.request(cast, who).case.state == "requested"


def test_nobody_books_without_the_tier_of_the_house(cast: SimpleNamespace) -> None:
    declared(cast, tier_at_least="V3")
    ready, other = make.helper(cast, "Анна", tier="V3"), make.helper(cast, "Борис")
    with pytest.raises(Refused):
        make.request(cast, other, on=NEXT)
    assert make.request(cast, ready, on=NEXT).case.state == "requested"


def test_a_condition_in_words_touches_no_visit(cast: SimpleNamespace) -> None:
    visit = make.booked(cast, make.helper(cast), on=NEXT)
    one = declared(cast, conditions="Сменная обувь")
    assert touched(one) == []
    assert make.again(visit).case.state == "approved"


def test_it_is_taken_back_or_ends(cast: SimpleNamespace) -> None:
    one = declared(cast, tier_at_least="V3", from_on=TODAY)
    later = NOON + 3 * DAY
    Flow.withdraw(one, by=director(cast), at=later, key="w", reason="Больше не нужно")
    days = [TODAY, TODAY + 2 * DAY, TODAY + 3 * DAY]
    assert tiers(cast, *days) == ["V3", "V3", "V2"]
    other = declared(cast, conditions="Обувь", through_on=SOON)
    assert sweep(Term.objects.get(case=other.case, name="end").due_at) >= 1
    other.case.refresh_from_db()
    assert other.case.state == "ended"


def test_the_ngos_with_an_agreement_and_the_department_hear_of_it(cast: SimpleNamespace) -> None:
    declared(cast, conditions="Сменная обувь")
    told = Notice.objects.filter(kind="narrowing_narrow").values_list("person", flat=True)
    assert set(told) == {cast.coordinator.pk, cast.head.pk, cast.desk.pk, cast.officer.pk}


def test_the_public_card_says_it(cast: SimpleNamespace) -> None:
    where, english = f"/institutions/{cast.house.organisation.ref}/", {"accept-language": "en"}
    assert "Conditions of the house" not in words(Client().get(where, headers=english))
    declared(cast, tier_at_least="V3", conditions="Сменная обувь")
    page = words(Client().get(where, headers=english))
    assert "Clearance at least V3" in page
    assert "Сменная обувь" in page


def test_a_director_narrows_on_the_pages(cast: SimpleNamespace) -> None:
    visit = make.booked(cast, make.helper(cast), on=NEXT)
    browser = signed_in(cast.director)
    sent = {"key": "k", "type": type_("T01"), "from_on": SOON, "reason": "Так решили"}
    refused = words(browser.post("/door/conditions/new/", sent | {"tier_at_least": "V1"}))
    assert "an institution may ask for more, not less" in refused
    answer = browser.post("/door/conditions/new/", sent | {"excluded": "on"})
    one = NarrowedType.objects.select_related("case").get()
    step = f"/cases/{one.case.ref}/narrow/"
    assert (answer.status_code, answer["location"]) == (302, step)
    page = words(browser.get(step))
    assert "What will be touched: 1" in page
    sign = ripple.digest(touched(one))
    form = {"key": "n", "seen": "0", "confirmed": sign}
    assert browser.post(step, form).status_code == 302
    assert make.again(visit).case.state == "cancelled"
    assert "This type is not taken here." in words(browser.get("/door/conditions/"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("type", "9" * 30), ("type", "x"), ("from_on", "2050-01-01"), ("conditions", "\x00")],
)
def test_nonsense_is_answered_in_words(cast: SimpleNamespace, field: str, typed: str) -> None:
    sent = {"key": "k", "type": type_("T01"), "from_on": SOON, "reason": "Так", "excluded": "on"}
    page = words(signed_in(cast.director).post("/door/conditions/new/", sent | {field: typed}))
    assert f'id="id_{field}_error"' in page
    assert not NarrowedType.objects.exists()


def test_times_are_found_by_what_the_house_demands(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    at, to = NOON, make.at(23, on=NEXT)
    seeker = Seeker((cast.ngo.pk,), who.person.pk)

    def found() -> dict[Any, tuple[list[str], list[str]]]:
        return {
            (one.on, one.slot.during.lower.hour): (
                [version.type.code for version in one.fits],
                [kept.version.type.code for kept in one.kept],
            )
            for one in times(seeker, at, to, institution=cast.house.pk)
        }

    assert set(map(str, found().values())) == {"(['T01', 'T05', 'T08'], [])"}
    declared(cast, tier_at_least="V3")
    declared(cast, "T05", excluded=True)
    days = {on: answer for (on, _hour), answer in found().items()}
    assert days == {TOMORROW: (["T01", "T05", "T08"], []), NEXT: (["T08"], ["T01"])}
