"""The numbers of procedure: dated, changed by two people, never backwards."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.hats import Acting
from accounts.roles import Role
from casework import rulebook
from casework.flows import RuleChangeFlow as Flow
from casework.models import Decision, Notice, Parameter, Rulebook, RuleChange, Term
from casework.parameters import rules_on
from casework.process import Refused
from casework.services.rules import Wanted, propose
from casework.sweep import sweep
from tests import factories as make
from tests.registry.applicants import applicant

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 2, 12, tzinfo=MOSCOW)
TODAY, DAY = NOW.date(), timedelta(days=1)
SOON = TODAY + 14 * DAY
CODE = "registration.formal_check"


@pytest.fixture
def one() -> Acting:
    return make.acting(make.registrar())


@pytest.fixture
def two() -> Acting:
    return make.acting(make.registrar())


@pytest.fixture
def chief() -> Acting:
    return make.acting(make.member(make.department(), Role.CHIEF))


def parameter(code: str = CODE) -> Parameter:
    return Parameter.objects.filter(code=code).latest("during")


def proposed(by: Acting, code: str = CODE, *, at: datetime = NOW, **fields: Any) -> RuleChange:
    known = {
        "value": 7,
        "from_on": SOON,
        "act_number": "214",
        "act_on": TODAY,
        "why": "Заявлений стало больше",
    }
    key = f"p{Decision.objects.count()}"
    return propose(parameter(code), Wanted(**known | fields), by=by, at=at, key=key)


def confirm(change: RuleChange, by: Acting, at: datetime = NOW) -> RuleChange:
    Flow.confirm(change, by=by, at=at, key=f"c{change.pk}")
    return RuleChange.objects.select_related("case", "rulebook").get(pk=change.pk)


def refusals(work: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        work()
    return [(one.code, one.field) for one in refused.value.objections]


def test_a_number_changes_from_its_day_and_not_before(one: Acting, two: Acting) -> None:
    change = confirm(proposed(one), two)
    values = [rules_on(on).number(CODE) for on in (TODAY, SOON - DAY, SOON, SOON + 90 * DAY)]
    assert values == [5, 5, 7, 7]
    assert change.rulebook is not None
    assert (change.rulebook.version, change.rulebook.from_on) == (2, SOON)
    assert [rules_on(on).version for on in (SOON - DAY, SOON)] == [1, 2]
    assert change.case.state == "confirmed"


def test_nobody_confirms_what_they_proposed(one: Acting) -> None:
    change = proposed(one)
    assert refusals(lambda: confirm(change, one)) == [("own_case", "")]


def test_the_database_knows_that_it_takes_two(one: Acting) -> None:
    change = proposed(one)
    edition = Rulebook.objects.get()
    with pytest.raises(IntegrityError, match="rule_change_by_two_people"), transaction.atomic():
        RuleChange.objects.filter(pk=change.pk).update(confirmed_by=one.user, rulebook=edition)
    with pytest.raises(IntegrityError, match="nobody_decides"), transaction.atomic():
        Decision.objects.create(
            case=change.case,
            step="confirm",
            before="proposed",
            after="confirmed",
            actor_id=one.user.pk,
            opened_by_id=one.user.pk,
            at=NOW,
            recorded_at=NOW,
            rulebook=edition,
            key="sql",
            asked="",
            decides=True,
        )


def test_the_chief_proposes_and_a_registrar_confirms(chief: Acting, one: Acting) -> None:
    change = proposed(chief)
    assert refusals(lambda: confirm(change, chief)) == [("not_yours", "")]
    assert confirm(change, one).case.state == "confirmed"


def test_it_does_not_change_backwards(one: Acting, two: Acting) -> None:
    assert refusals(lambda: proposed(one, from_on=TODAY - DAY, act_on=TODAY - DAY)) == [
        ("past", "from_on")
    ]
    change = proposed(one)
    late = NOW + 15 * DAY
    assert refusals(lambda: confirm(change, two, late)) == [("past", "from_on")]


@pytest.mark.parametrize(
    ("fields", "objection"),
    [
        ({"value": 5}, ("same", "value")),
        ({"value": 0}, ("bounds", "value")),
        ({"value": 251}, ("bounds", "value")),
        ({"act_on": TODAY + DAY}, ("act", "act_on")),
        ({"from_on": date(2035, 1, 1)}, ("far", "from_on")),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    one: Acting, fields: dict[str, Any], objection: tuple[str, str]
) -> None:
    assert refusals(lambda: proposed(one, **fields)) == [objection]
    assert not RuleChange.objects.exists()


def test_two_changes_for_one_day_share_its_edition(one: Acting, two: Acting) -> None:
    first = confirm(proposed(one), two)
    second = confirm(proposed(one, "registration.review", value=12), two)
    assert first.rulebook_id == second.rulebook_id == 2
    assert [rules_on(SOON).number(code) for code in (CODE, "registration.review")] == [7, 12]


def test_an_edition_in_force_takes_no_further_change(one: Acting, two: Acting) -> None:
    confirm(proposed(one, from_on=TODAY), two)
    other = "registration.review"
    assert refusals(lambda: proposed(one, other, value=12, from_on=TODAY)) == [
        ("edition", "from_on")
    ]
    assert confirm(proposed(one, other, value=12, from_on=TODAY + DAY), two).rulebook_id == 3


def test_an_edition_written_later_may_begin_earlier(one: Acting, two: Acting) -> None:
    confirm(proposed(one), two)
    confirm(proposed(one, "registration.review", value=12, from_on=TODAY + DAY), two)
    assert [rules_on(on).version for on in (TODAY, TODAY + DAY, SOON)] == [1, 3, 2]
    assert rules_on(SOON).number("registration.review") == 12


def test_a_value_that_has_an_end_is_not_replaced_again(one: Acting, two: Acting) -> None:
    old = parameter()
    confirm(proposed(one), two)
    old.refresh_from_db()
    wanted = Wanted(8, SOON + DAY, "215", TODAY, "Ещё раз")
    assert refusals(lambda: propose(old, wanted, by=one, at=NOW, key="again")) == [
        ("planned", "from_on")
    ]
    assert refusals(lambda: proposed(one, value=8)) == [("begins", "from_on")]
    confirm(proposed(one, value=8, from_on=SOON + DAY), two)
    assert [rules_on(on).number(CODE) for on in (SOON, SOON + DAY)] == [7, 8]


def test_one_change_of_a_rule_waits_at_a_time(one: Acting) -> None:
    proposed(one)
    assert refusals(lambda: proposed(one, value=8)) == [("waits", "")]


def test_the_same_form_proposes_once(one: Acting) -> None:
    wanted = Wanted(7, SOON, "214", TODAY, "Больше заявлений")
    twice = [propose(parameter(), wanted, by=one, at=NOW, key="k").pk for _ in range(2)]
    assert twice[0] == twice[1]
    assert RuleChange.objects.count() == 1


def test_a_running_term_and_a_decision_keep_their_edition(one: Acting, two: Acting) -> None:
    before = applicant("До изменения", 41, NOW)
    before.submit(NOW, key="before")
    kept = Term.objects.get(case=before.application.case)
    assert rulebook.running_under(parameter()) == 1
    confirm(proposed(one), two)
    later = datetime(2026, 11, 17, 12, tzinfo=MOSCOW)
    after = applicant("После изменения", 42, later)
    after.submit(later, key="after")
    fresh = Term.objects.get(case=after.application.case)
    due = kept.due_at
    kept.refresh_from_db()
    assert (kept.rulebook_id, kept.days, kept.due_at) == (1, 5, due)
    assert (fresh.rulebook_id, fresh.days) == (2, 7)
    editions = [one.case.decisions.get(step="submit").rulebook_id for one in (kept, fresh)]
    assert editions == [1, 2]


def test_a_past_day_shows_what_held_then(one: Acting, two: Acting) -> None:
    confirm(proposed(one), two)
    slug = "registration-formal_check"
    rows = [rulebook.rule(slug, on) for on in (TODAY, SOON)]
    assert [row and row.now.value for row in rows] == [5, 7]
    assert [row and [p.value for p in row.after] for row in rows] == [[7], []]
    assert [row and [p.value for p in row.before] for row in rows] == [[], [5]]
    assert rulebook.rule(slug, date(2023, 12, 31)) is None
    assert rulebook.groups(date(2023, 12, 31)) == []


def test_every_rule_stands_in_a_group_once() -> None:
    shown = [row.now.code for group in rulebook.groups(TODAY) for row in group.rows]
    assert sorted(shown) == sorted(Parameter.objects.values_list("code", flat=True))


def test_those_who_confirm_and_the_chief_hear_of_it(
    one: Acting, two: Acting, chief: Acting
) -> None:
    change = proposed(one)
    assert told("propose") == {two.user.pk, chief.user.pk}
    confirm(change, two)
    assert told("confirm") == {one.user.pk, chief.user.pk}


def told(step: str) -> set[int]:
    kinds = Notice.objects.filter(kind=f"rule_change_{step}")
    return set(kinds.values_list("person", flat=True))


def test_silence_is_told_to_the_chief_once_and_changes_nothing(one: Acting, chief: Acting) -> None:
    change = proposed(one)
    term = Term.objects.get(name="confirm")
    assert (term.days, term.unit) == (5, "wd")
    assert [sweep(term.due_at) for _ in range(3)] == [1, 0, 0]
    assert told("escalate") == {one.user.pk, chief.user.pk}
    change.case.refresh_from_db()
    assert change.case.state == "proposed"


def test_a_first_day_that_passes_unconfirmed_changes_nothing(one: Acting, chief: Acting) -> None:
    change = proposed(one, from_on=TODAY + DAY)
    term = Term.objects.get(name="first_day")
    assert term.due_at == datetime(2026, 11, 4, tzinfo=MOSCOW)
    assert sweep(term.due_at) == 1
    change.case.refresh_from_db()
    assert (change.case.state, rules_on(TODAY + 5 * DAY).number(CODE)) == ("lapsed", 5)
    assert told("lapse") == {one.user.pk, chief.user.pk}


def test_it_can_be_refused_or_withdrawn_and_leaves_the_number(one: Acting, two: Acting) -> None:
    Flow.refuse(proposed(one), by=two, at=NOW, key="r", reason="Акт не подписан")
    Flow.withdraw(proposed(one), by=one, at=NOW, key="w")
    assert {change.case.state for change in RuleChange.objects.all()} == {"refused", "withdrawn"}
    assert [rules_on(SOON).number(CODE), Rulebook.objects.count()] == [5, 1]


def test_the_database_closes_a_period_once_and_never_opens_it(one: Acting, two: Acting) -> None:
    old = parameter()
    confirm(proposed(one), two)
    for during in ("[2024-01-01,2030-01-01)", "[2024-01-01,2026-11-03)", "[2025-01-01,2026-11-16)"):
        with pytest.raises(Exception, match="only ever closed once"), transaction.atomic():
            sql("update casework_parameter set during = %s where id = %s", during, old.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "update casework_parameter set value = 1",
        "delete from casework_parameter",
        "update casework_rulebook set from_on = '2020-01-01'",
        "delete from casework_rulechange",
    ],
)
def test_the_application_cannot_rewrite_the_rulebook(statement: str) -> None:
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        sql(f"set local role open_doors_app; {statement}")


def test_the_application_can_confirm_a_change(one: Acting, two: Acting) -> None:
    change = proposed(one)
    sql("set local role open_doors_app")
    confirm(change, two)
    sql("reset role")
    assert rules_on(SOON).number(CODE) == 7


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
