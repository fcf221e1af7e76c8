"""Holding a registration back, wholly or in part, and letting it go again."""

from datetime import date, timedelta

import pytest

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Notice, Term
from casework.process import Refused
from casework.queries import cases_visible_to
from casework.sweep import sweep
from registry import queries, suspending
from registry.flows import SuspensionFlow as Flow
from registry.models import Institution, Ngo, Suspension, Type
from registry.queries.suspensions import told
from registry.suspending import Scope
from tests import factories as make
from tests.registry import world
from tests.registry.applicants import NOW, ON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = ON + 9 * DAY


@pytest.fixture
def ngo() -> Ngo:
    return make.ngo("Шаг за ворота")


@pytest.fixture
def house() -> Institution:
    return make.institution("Липовая аллея")


def drafted(
    ngo: Ngo,
    by: Acting,
    type_code: str = "",
    house: Institution | None = None,
    days: tuple[date, date] = (ON, LAST),
) -> Suspension:
    kind = Type.objects.get(code=type_code) if type_code else None
    return suspending.draft(ngo, Scope(*days, kind, house), by=by, at=NOW)


def suspended(*args: object, **kwargs: object) -> Suspension:
    made = drafted(*args, **kwargs)  # type: ignore[arg-type]
    by: Acting = args[1]  # type: ignore[assignment]
    Flow.suspend(made, by=by, at=NOW, key=f"s{made.pk}", reason="Решение № 31")
    made.refresh_from_db()
    return made


def covered(ngo: Ngo, code: str = "T01", on: date = ON, house: Institution | None = None) -> bool:
    return world.covers(ngo.pk, code, "C", on, house)


def test_a_draft_holds_nothing_back_and_nobody_else_sees_it(
    ngo: Ngo, one: Acting, two: Acting
) -> None:
    head = make.acting(make.member(ngo.organisation, Role.HEAD))
    made = drafted(ngo, one)
    assert covered(ngo)
    assert list(cases_visible_to(one)) == [made.case]
    assert [list(cases_visible_to(who)) for who in (two, head)] == [[], []]
    assert not Notice.objects.exists()


def test_the_whole_registration_is_held_back_at_once(ngo: Ngo, one: Acting) -> None:
    made = suspended(ngo, one)
    days = (ON - DAY, ON, LAST, LAST + DAY)
    assert [covered(ngo, on=on) for on in days] == [True, False, False, True]
    assert queries.approved_types(ngo.pk, ON) == {}
    assert (made.ground, made.suspended_at) == ("Решение № 31", NOW)


def test_one_type_is_held_back_and_the_others_go_on(ngo: Ngo, one: Acting) -> None:
    suspended(ngo, one, "T01")
    assert (covered(ngo, "T01"), covered(ngo, "T05")) == (False, True)
    assert list(queries.approved_types(ngo.pk, ON)) == ["T05"]


def test_one_institution_is_held_back_where_it_is_named(
    ngo: Ngo, one: Acting, house: Institution
) -> None:
    other = make.institution("Родник")
    suspended(ngo, one, house=house)
    assert (covered(ngo), covered(ngo, house=house), covered(ngo, house=other)) == (
        True,
        False,
        True,
    )


def test_one_type_in_one_institution(ngo: Ngo, one: Acting, house: Institution) -> None:
    suspended(ngo, one, "T01", house)
    assert not covered(ngo, "T01", house=house)
    assert covered(ngo, "T05", house=house)
    assert covered(ngo, "T01")


def test_another_ngo_is_not_touched(ngo: Ngo, one: Acting) -> None:
    suspended(ngo, one)
    assert covered(make.ngo("Другие"))


def test_the_ngo_is_told_and_sees_the_case(ngo: Ngo, one: Acting, two: Acting) -> None:
    head = make.acting(make.member(ngo.organisation, Role.HEAD))
    made = suspended(ngo, one, "T01")
    told_of = set(Notice.objects.values_list("kind", "person"))
    assert told_of == {("suspension_suspend", who.user.pk) for who in (head, two)}
    assert list(cases_visible_to(head)) == [made.case]


def test_it_does_not_begin_in_the_past(ngo: Ngo, one: Acting) -> None:
    made = drafted(ngo, one, days=(ON - DAY, LAST))
    with pytest.raises(Refused) as refused:
        Flow.suspend(made, by=one, at=NOW, key="s", reason="Решение")
    assert [objection.code for objection in refused.value.objections] == ["passed"]


def test_another_registrar_lifts_it(ngo: Ngo, one: Acting, two: Acting) -> None:
    made = suspended(ngo, one)
    with pytest.raises(Refused) as refused:
        Flow.lift(made, by=one, at=NOW + 3 * DAY, key="l", reason="Исправлено")
    assert [objection.code for objection in refused.value.objections] == ["own_case"]
    Flow.lift(made, by=two, at=NOW + 3 * DAY, key="l", reason="Исправлено")
    made.refresh_from_db()
    assert made.through_on == LAST
    days = (ON, ON + 2 * DAY, ON + 3 * DAY, LAST)
    assert [covered(ngo, on=on) for on in days] == [False, False, True, True]


def test_it_ends_by_the_clock(ngo: Ngo, one: Acting) -> None:
    make.member(ngo.organisation, Role.HEAD)
    made = suspended(ngo, one)
    term = Term.objects.get()
    assert sweep(term.due_at - timedelta(seconds=1)) == 0
    assert sweep(term.due_at) == 1
    made.case.refresh_from_db()
    assert (made.case.state, Notice.objects.latest("pk").kind) == ("ended", "suspension_end")
    assert (covered(ngo, on=LAST), covered(ngo, on=LAST + DAY)) == (False, True)


def test_the_history_says_how_each_stands(ngo: Ngo, one: Acting, two: Acting) -> None:
    later = suspended(ngo, one, "T05", days=(LAST, LAST + DAY))
    now = suspended(ngo, one, "T01")
    lifted = suspended(ngo, one)
    Flow.lift(lifted, by=two, at=NOW + DAY, key="l", reason="Исправлено")
    card = queries.ngo_card(ngo.organisation.ref, ON + DAY)
    assert card is not None
    standing = {one.suspension.pk: one.standing for one in card["held"]}
    assert standing == {later.pk: "to_come", now.pk: "now", lifted.pk: "lifted"}
    assert [one.suspension.pk for one in card["held_now"]] == [now.pk]
    after = told(Suspension.objects.filter(pk=now.pk), LAST + DAY, [])
    assert [one.standing for one in after] == ["ended"]
