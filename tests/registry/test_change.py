"""A change of head or charter: reported, checked, entered, and what held before is kept."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Term
from casework.process import Refused, flow_of
from casework.sweep import sweep
from registry import appealing, changing
from registry.changing import Report
from registry.flows import AppealFlow
from registry.flows import ChangeFlow as Flow
from registry.models import Ngo, NgoChange, NgoFact
from registry.queries.cards import facts_of, known_as
from tests import factories as make
from tests.registry.applicants import NOW, ON, browser, codes, commissioner, kinds
from tests.registry.world import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SINCE = date(2026, 10, 26)


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Ngo:
    found = make.ngo("Шаг за ворота")
    Ngo.objects.filter(pk=found.pk).update(form="фонд", head_name="Анна Рябова")
    return Ngo.objects.select_related("organisation").get(pk=found.pk)


@pytest.fixture
def head(ngo: Ngo) -> Acting:
    return make.acting(make.member(ngo.organisation, Role.HEAD))


def told(ngo: Ngo, **changes: Any) -> Report:
    same = Report(**changing.said(ngo), since_on=SINCE, why="Протокол № 4")
    return replace(same, **{"head_name": "Борис Ильин"} | changes)


def reported(ngo: Ngo, head: Acting, key: str = "g1", **changes: Any) -> NgoChange:
    return changing.report(told(ngo, **changes), by=head, at=NOW, key=key)


def fresh(ngo: Ngo) -> Ngo:
    return Ngo.objects.select_related("organisation").get(pk=ngo.pk)


def state(change: NgoChange) -> str:
    change.case.refresh_from_db()
    return change.case.state


def test_a_report_changes_nothing_until_a_registrar_enters_it(
    ngo: Ngo, head: Acting, one: Acting
) -> None:
    change = reported(ngo, head, short_name="Шаг навстречу")
    assert (fresh(ngo).head_name, kinds()[-1]) == ("Анна Рябова", "ngo_change_file")
    Flow.accept(change, by=one, at=NOW, key="a")
    after = fresh(ngo)
    assert (after.head_name, after.organisation.short_name) == ("Борис Ильин", "Шаг навстречу")
    assert (state(change), kinds()[-1]) == ("accepted", "ngo_change_accept")


def test_the_register_can_be_read_as_of_any_past_day(ngo: Ngo, head: Acting, one: Acting) -> None:
    assert known_as(ngo, ON).head_name == "Анна Рябова"
    Flow.accept(reported(ngo, head), by=one, at=NOW, key="a")
    later = told(fresh(ngo), head_name="Вера Ли", since_on=date(2026, 10, 30))
    second = changing.report(later, by=head, at=NOW, key="g2")
    Flow.accept(second, by=one, at=NOW, key="b")
    days = (date(2020, 1, 1), SINCE - DAY, SINCE, date(2026, 10, 29), date(2026, 10, 30), ON)
    heads = [known_as(fresh(ngo), on).head_name for on in days]
    assert heads == ["Анна Рябова"] * 2 + ["Борис Ильин"] * 2 + ["Вера Ли"] * 2
    shown = [(one["fact"].head_name, one["from_on"], one["through_on"]) for one in facts_of(ngo)]
    assert shown == [
        ("Вера Ли", date(2026, 10, 30), None),
        ("Борис Ильин", SINCE, date(2026, 10, 29)),
        ("Анна Рябова", None, SINCE - DAY),
    ]


def test_what_held_in_the_past_is_not_rewritten(ngo: Ngo, head: Acting, one: Acting) -> None:
    Flow.accept(reported(ngo, head), by=one, at=NOW, key="a")
    for change in ({"head_name": "Кто-то"}, {"during": (SINCE + DAY, None)}):
        with pytest.raises(IntegrityError, match="is not changed"), transaction.atomic():
            NgoFact.objects.filter(during__startswith=SINCE).update(**change)
    overlapping = {"name": "Н", "short_name": "Н", "during": (SINCE, ON)}
    with pytest.raises(IntegrityError, match="ngo_fact_one_at_a_time"), transaction.atomic():
        NgoFact.objects.create(ngo=ngo, **overlapping)


def test_new_contacts_alone_are_no_part_of_the_history(ngo: Ngo, head: Acting, one: Acting) -> None:
    change = reported(ngo, head, head_name="Анна Рябова", phone="+74950000001")
    Flow.accept(change, by=one, at=NOW, key="a")
    assert fresh(ngo).phone == "+74950000001"
    assert not NgoFact.objects.exists()


@pytest.mark.parametrize(
    ("since", "late"), [(date(2026, 10, 19), False), (date(2026, 10, 16), True)]
)
def test_a_report_after_ten_working_days_is_taken_and_called_late(
    ngo: Ngo, head: Acting, since: date, late: bool
) -> None:
    change = reported(ngo, head, since_on=since)
    assert (change.late, state(change)) == (late, "filed")
    shown = str(dict(flow_of(change.case).shown(change)))
    assert ("С опозданием" in shown) is late


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"head_name": "Анна Рябова"}, ["nothing"]),
        ({"since_on": ON + DAY}, ["to_come"]),
        ({"since_on": date(1990, 1, 1)}, []),
    ],
)
def test_what_cannot_be_reported_says_why(
    ngo: Ngo, head: Acting, changes: dict[str, Any], why: list[str]
) -> None:
    if not why:
        assert reported(ngo, head, **changes).late
        return
    with pytest.raises(Refused) as refused:
        reported(ngo, head, **changes)
    assert codes(refused) == why
    assert not NgoChange.objects.exists()


def test_one_change_at_a_time_and_the_same_form_is_the_same_change(ngo: Ngo, head: Acting) -> None:
    change = reported(ngo, head)
    assert reported(ngo, head).pk == change.pk
    with pytest.raises(Refused) as refused:
        reported(ngo, head, key="g2")
    assert codes(refused) == ["open"]
    with pytest.raises(Refused) as refused:
        reported(ngo, head, head_name="Другой")
    assert codes(refused) == ["used"]
    Flow.withdraw(change, by=head, at=NOW, key="w")
    assert reported(ngo, head, key="g2").pk != change.pk


def test_an_ngo_that_is_not_registered_reports_nothing(ngo: Ngo, head: Acting) -> None:
    ngo.registrations.update(withdrawn_on=ON)
    with pytest.raises(Refused) as refused:
        reported(ngo, head)
    assert codes(refused) == ["not_registered"]


def test_silence_is_told_once_and_changes_nothing(ngo: Ngo, head: Acting) -> None:
    early = NOW - 40 * DAY
    change = changing.report(told(ngo, since_on=early.date()), by=head, at=early, key="g1")
    due = Term.objects.get(case=change.case).due_at
    assert [sweep(due), sweep(due), sweep(NOW)] == [1, 0, 0]
    assert (state(change), fresh(ngo).head_name) == ("filed", "Анна Рябова")


def test_a_refused_change_is_appealed_and_checked_anew_by_another_registrar(
    ngo: Ngo, head: Acting, one: Acting, two: Acting
) -> None:
    change = reported(ngo, head)
    Flow.refuse(change, by=one, at=NOW, key="r", reason="Нет протокола")
    state(change)
    appeal = appealing.file(change.case, "Протокол был", by=head, at=NOW, key="f")
    AppealFlow.overturn(appeal, by=commissioner(), at=NOW, key="o", reason="Протокол есть")
    anew = NgoChange.objects.get(appeal=appeal)
    assert (state(anew), anew.head_name, state(change)) == ("filed", "Борис Ильин", "refused")
    with pytest.raises(Refused) as refused:
        Flow.accept(anew, by=one, at=NOW, key="a1")
    assert codes(refused) == ["refused_it"]
    Flow.accept(anew, by=two, at=NOW, key="a2")
    assert fresh(ngo).head_name == "Борис Ильин"


# The page.


def typed(ngo: Ngo, **changes: str) -> dict[str, str]:
    same = changing.said(ngo) | {"since_on": "2026-10-26", "why": "Протокол № 4", "key": "k1"}
    return same | {"head_name": "Борис Ильин"} | changes


def test_the_head_checks_the_answers_and_lands_on_the_case(
    ngo: Ngo, head: Acting, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    mine = browser(head)
    assert "Анна Рябова" in words(mine.get("/application/change/"))
    page = words(mine.post("/application/change/", typed(ngo)))
    assert "<del>Анна Рябова</del> → <ins>Борис Ильин</ins>" in page
    assert not NgoChange.objects.exists()
    answer = mine.post("/application/change/", typed(ngo, send="1"))
    change = NgoChange.objects.get()
    assert answer["Location"] == f"/cases/{change.case.ref}/"
    assert "Анна Рябова → Борис Ильин" in words(mine.get(answer["Location"]))
    assert "проверяет регистратор" in words(mine.get("/application/"))


@pytest.mark.parametrize(
    "nonsense",
    [
        {"name": "\x00"},
        {"since_on": "0001-01-01"},
        {"since_on": "9999-12-31"},
        {"since_on": "вчера"},
        {"head_name": "я" * 5000},
        {"email": "не адрес"},
        {"head_name": "Анна Рябова"},
    ],
)
def test_nonsense_is_answered_in_words(ngo: Ngo, head: Acting, nonsense: dict[str, str]) -> None:
    for more in ({}, {"send": "1"}):
        answer = browser(head).post("/application/change/", typed(ngo) | nonsense | more)
        assert answer.status_code in (200, 302)
    wrong = nonsense != {"since_on": "0001-01-01"}
    assert NgoChange.objects.exists() is not wrong
