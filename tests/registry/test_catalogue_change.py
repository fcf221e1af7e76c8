"""Interaction types and procedures: versions by two people, dated, never rewritten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from registry import queries
from registry.catalogue import content
from registry.catalogue.proposing import Draft, propose
from registry.flows import TypeChangeFlow as Flow
from registry.models import ProcedureVersion, Type, TypeChange, TypeVersion
from registry.queries import types
from tests import factories as make
from tests.registry.applicants import NOW, ON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SOON = ON + 20 * DAY
W = TypeChange.What


def type_(code: str = "T05") -> Type:
    return Type.objects.get(code=code)


def said(code: str = "T05", **fields: Any) -> content.Content:
    """What the last version says, with these differences."""
    return content.of_type(types.newest(type_(code).pk)) | fields


def proposed(
    by: Acting, what: str = W.VERSION, code: str = "T05", *, on: Any = SOON, **fields: Any
) -> TypeChange:
    written = said(code, **fields) if what == W.VERSION else fields
    draft = Draft(what, on, "Так решила рабочая группа", written)
    key = f"p{TypeChange.objects.count()}"
    return propose(type_(code), draft, by=by, at=NOW, key=key)


def approved(change: TypeChange, by: Acting) -> TypeChange:
    Flow.approve(change, by=by, at=NOW, key=f"a{change.pk}")
    return TypeChange.objects.select_related("case", "version").get(pk=change.pk)


def refusals(work: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        work()
    return [(one.code, one.field) for one in refused.value.objections]


def test_a_new_version_holds_from_its_day_and_the_old_one_before(one: Acting, two: Acting) -> None:
    change = approved(proposed(one, tier="V3", kinds=["C", "D"]), two)
    old, new = TypeVersion.objects.filter(type__code="T05").order_by("number")
    assert (old.during.upper, new.during.lower, new.during.upper) == (SOON, SOON, None)
    assert (new.number, new.tier, change.version_id) == (2, "V3", new.pk)
    assert content.of_type(new)["kinds"] == ["C", "D"]
    shown = [queries.type_in_force("T05", on) for on in (SOON - DAY, SOON)]
    assert [one and (one["number"], one["tier"]) for one in shown] == [(1, "V2"), (2, "V3")]


def test_nothing_changes_while_it_waits(one: Acting) -> None:
    proposed(one, tier="V3")
    assert TypeVersion.objects.filter(type__code="T05").count() == 1


def test_a_retired_type_is_not_there_from_its_day(one: Acting, two: Acting) -> None:
    approved(proposed(one, W.RETIREMENT), two)
    days = (SOON - DAY, SOON, SOON + 365 * DAY)
    assert [queries.type_in_force("T05", on) is not None for on in days] == [True, False, False]


def test_a_new_version_brings_a_retired_type_back(one: Acting, two: Acting) -> None:
    approved(proposed(one, W.RETIREMENT), two)
    early = SOON - DAY
    assert refusals(lambda: proposed(one, on=early, risk="low")) == [("retired", "from_on")]
    approved(proposed(one, on=SOON + DAY), two)
    days = (SOON, SOON + DAY)
    assert [queries.type_in_force("T05", on) is not None for on in days] == [False, True]


def test_a_procedure_gets_a_new_version(one: Acting, two: Acting) -> None:
    old = types.newest_procedure("T07")
    assert old is not None
    steps = content.of_procedure(old)["steps"]
    change = approved(proposed(one, W.PROCEDURE, "T07", steps=steps[:3]), two)
    assert change.procedure_version_id is not None
    days = (SOON - DAY, SOON)
    lengths = [len(queries.procedure_in_force("T07", on)) for on in days]
    assert lengths == [len(steps), 3]
    numbers = ProcedureVersion.objects.filter(procedure__code="T07").values_list(
        "number", flat=True
    )
    assert sorted(numbers) == [1, 2]


def test_a_type_without_a_procedure_gets_its_first(one: Acting, two: Acting) -> None:
    step = dict.fromkeys(
        ["actor_ru", "actor_en", "action_ru", "action_en", "evidence_ru", "evidence_en"], "слово"
    )
    approved(proposed(one, W.PROCEDURE, steps=[step]), two)
    days = (SOON - DAY, SOON)
    assert [len(queries.procedure_in_force("T05", on)) for on in days] == [0, 1]


def test_nobody_approves_what_they_proposed(one: Acting) -> None:
    change = proposed(one, tier="V3")
    assert refusals(lambda: approved(change, one)) == [("own_case", "")]
    sql = TypeChange.objects.filter(pk=change.pk)
    with pytest.raises(IntegrityError, match="type_change_by_two_people"), transaction.atomic():
        sql.update(approved_by=one.user)


def test_the_appeals_commission_approves_too(one: Acting) -> None:
    reviewer = make.acting(make.member(make.department(), Role.COMMISSIONER))
    assert approved(proposed(one, tier="V3"), reviewer).case.state == "approved"


@pytest.mark.parametrize(
    ("fields", "objection"),
    [
        ({"on": ON, "tier": "V3"}, ("past", "from_on")),
        ({"on": ON - DAY, "tier": "V3"}, ("past", "from_on")),
        ({}, ("same", "")),
        ({"name_en": " "}, ("missing", "name_en")),
        ({"kinds": []}, ("kinds", "kinds")),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    one: Acting, fields: dict[str, Any], objection: tuple[str, str]
) -> None:
    assert refusals(lambda: proposed(one, **fields)) == [objection]
    assert not TypeChange.objects.exists()


def test_one_change_of_a_type_waits_at_a_time(one: Acting) -> None:
    proposed(one, tier="V3")
    assert refusals(lambda: proposed(one, W.RETIREMENT)) == [("waits", "")]
    proposed(one, code="T01", tier="V3")


def test_a_planned_version_is_not_passed_by(one: Acting, two: Acting) -> None:
    approved(proposed(one, tier="V3"), two)
    assert refusals(lambda: proposed(one, tier="V1", on=SOON)) == [("begins", "from_on")]
    approved(proposed(one, tier="V1", on=SOON + DAY), two)
    shown = [queries.type_in_force("T05", on) for on in (ON, SOON, SOON + DAY)]
    assert [one and one["tier"] for one in shown] == ["V2", "V3", "V1"]


def test_silence_is_told_and_approves_nothing(one: Acting, two: Acting) -> None:
    change = proposed(one, tier="V3", on=ON + 60 * DAY)
    term = Term.objects.get(name="approve")
    assert (term.days, term.unit) == (10, "wd")
    assert [sweep(term.due_at) for _ in range(3)] == [1, 0, 0]
    change.case.refresh_from_db()
    assert change.case.state == "proposed"
    assert told("escalate") == {one.user.pk, two.user.pk}


def test_its_first_day_without_an_approval_changes_nothing(one: Acting) -> None:
    change = proposed(one, tier="V3", on=ON + DAY)
    assert sweep(Term.objects.get(name="first_day").due_at) == 1
    change.case.refresh_from_db()
    assert change.case.state == "lapsed"
    assert TypeVersion.objects.filter(type__code="T05").count() == 1


def test_those_who_may_approve_hear_of_it(one: Acting, two: Acting) -> None:
    chief = make.acting(make.member(make.department(), Role.CHIEF))
    change = proposed(one, tier="V3")
    assert told("propose") == {two.user.pk, chief.user.pk}
    Flow.refuse(change, by=two, at=NOW, key="r", reason="Рано")
    assert told("refuse") == {one.user.pk}


def told(step: str) -> set[int]:
    kinds = Notice.objects.filter(kind=f"type_change_{step}")
    return set(kinds.values_list("person", flat=True))


def test_only_what_differs_is_marked() -> None:
    before = said(name_en="Walk on the grounds")
    after = before | {"name_en": "Walk in the park", "tier": "V3", "limits_ru": "Иначе"}
    with translation.override("en"):
        lines = {str(line.label): line for line in content.compared(before, after)}
    changed = [label for label, line in lines.items() if line.changed]
    assert changed == ["Name", "Clearance tier", "Limits, in Russian"]
    name = lines["Name"]
    assert [one.text for one in name.before if one.changed] == ["on", "grounds"]
    assert [one.text for one in name.after if one.changed] == ["in", "park"]
    assert "".join(one.text for one in name.after) == "Walk in the park"


def test_the_database_closes_a_version_once(one: Acting, two: Acting) -> None:
    approved(proposed(one, tier="V3"), two)
    old = TypeVersion.objects.filter(type__code="T05").earliest("number")
    with pytest.raises(Exception, match="only ever closed once"), transaction.atomic():
        sql("update registry_typeversion set during = '[2024-01-01,)' where id = %s", old.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "update registry_typeversion set tier = 'V0'",
        "delete from registry_typeversion_kinds",
        "update registry_procedurestep set action_ru = ''",
        "delete from registry_procedureversion",
    ],
)
def test_the_application_cannot_rewrite_a_version(statement: str) -> None:
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        sql(f"set local role open_doors_app; {statement}")


def test_the_application_can_approve(one: Acting, two: Acting) -> None:
    change = proposed(one, tier="V3")
    sql("set local role open_doors_app")
    approved(change, two)
    sql("reset role")
    assert TypeVersion.objects.filter(type__code="T05").count() == 2


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
