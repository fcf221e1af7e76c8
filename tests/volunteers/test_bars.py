"""Barring a person: by two, held meanwhile, lifted by two; who hears what."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from accounts.memberships import grant
from accounts.models import Organisation
from accounts.roles import Role
from casework.letters import letter
from casework.models import Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from registry.models import Institution
from tests.factories import acting, department
from tests.volunteers import barring as make
from tests.volunteers.making import NOON, TODAY, clear, key, somebody, volunteer
from volunteers.barring.drafting import draft_bar
from volunteers.flows.bar import BarFlow
from volunteers.models import Bar, BarMark, Halt, Volunteer
from volunteers.queries import clearance
from volunteers.queries.people import cleared

pytestmark = pytest.mark.django_db
IN_A_YEAR = date(2027, 7, 1)


def why(who: Volunteer, on: date = TODAY, tier: str = "V1") -> list[str]:
    return [one.why for one in clearance.missing_for([who.pk], tier, None, on, on)[who.pk]]


def listed(who: Volunteer, on: date = TODAY, tier: str = "V1") -> bool:
    return Volunteer.objects.filter(cleared(tier, None, on, on), pk=who.pk).exists()


def refusal(step: object, *args: object, **answers: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        make.take(step, *args, **answers)  # type: ignore[arg-type]
    return [one.code for one in refused.value.objections]


def test_from_the_proposal_on_the_person_is_not_cleared(anna: Volunteer) -> None:
    clear(anna, "V1")
    assert (why(anna), listed(anna)) == ([], True)
    make.proposed(anna)
    assert (why(anna), listed(anna)) == (["halted"], False)
    assert (why(anna, IN_A_YEAR), listed(anna, IN_A_YEAR)) == (["halted"], False)
    assert (why(anna, tier="V0"), listed(anna, tier="V0")) == (["halted"], False)


def test_what_an_outsider_reads_says_neither_that_there_is_a_bar_nor_why(anna: Volunteer) -> None:
    make.barred(anna)
    with translation.override("ru"):
        (found, *_) = clearance.missing_for([anna.pk], "V1", None, TODAY, TODAY)[anna.pk]
    assert (found.text, found.remedy) == (
        "Сейчас допуска нет.",
        "На вопросы об этом отвечает Департамент.",
    )
    assert clearance.standings([anna.pk], None, TODAY)[anna.pk].halted


def test_a_second_person_confirms(anna: Volunteer) -> None:
    first = make.a_checker()
    bar = make.proposed(anna, by=first)
    assert "another" in refusal(BarFlow.confirm, bar, first)
    assert "another" in refusal(BarFlow.refuse, bar, first, reason="Ошибка.")
    make.take(BarFlow.confirm, bar, make.a_checker())
    assert make.again(bar).case.state == "in_force"


def test_whoever_reported_does_not_confirm_in_another_hat(
    anna: Volunteer, home: Organisation
) -> None:
    head = somebody(home, Role.HEAD)
    grant(head.user, department(), Role.CHECKER, on=TODAY, by=None)  # type: ignore[arg-type]
    bar = draft_bar(anna, by=head, at=NOON)
    make.take(BarFlow.report, bar, head, reason="Кричал на детей.")
    make.take(BarFlow.propose, make.again(bar), make.a_checker(), **make.GROUND)
    checking = acting(head.user, TODAY, Role.CHECKER)  # type: ignore[arg-type]
    assert {"own_case", "same_ngo", "another"} == set(
        refusal(BarFlow.confirm, make.again(bar), checking)
    )


def test_a_request_holds_nobody_until_a_checker_proposes(
    anna: Volunteer, home: Organisation
) -> None:
    clear(anna, "V1")
    head = somebody(home, Role.HEAD)
    bar = draft_bar(anna, by=head, at=NOON)
    make.take(BarFlow.report, bar, head, reason="Кричал на детей.")
    assert why(anna) == []
    declined = make.take(BarFlow.decline, make.again(bar), make.a_checker(), reason="Не он.")
    assert declined.after == "declined"


def test_nobody_bars_themselves_or_the_people_of_their_ngo(home: Organisation) -> None:
    checker = make.a_checker()
    own = Volunteer.objects.create(person=checker.user, born_on=date(1980, 1, 1))
    assert refusal(
        BarFlow.propose, draft_bar(own, by=checker, at=NOON), checker, **make.GROUND
    ) == ["oneself"]
    friend = volunteer(home)
    grant(checker.user, home, Role.VOLUNTEER, on=TODAY, by=None)  # type: ignore[arg-type]
    theirs = acting(checker.user, TODAY, Role.CHECKER)  # type: ignore[arg-type]
    drafted = draft_bar(friend, by=theirs, at=NOON)
    assert refusal(BarFlow.propose, drafted, theirs, **make.GROUND) == ["same_ngo"]


@pytest.mark.parametrize(
    "columns",
    [
        ("proposed_by", "confirmed_by"),
        ("removal_by", "lifted_by"),
        ("proposed_by", "volunteer"),
        ("confirmed_by", "volunteer"),
        ("removal_by", "volunteer"),
        ("lifted_by", "volunteer"),
    ],
)
def test_the_database_holds_it_too(anna: Volunteer, columns: tuple[str, str]) -> None:
    bar = make.proposed(anna)
    who = anna.pk if "volunteer" in columns else make.a_checker().user.pk
    values = {f"{column}_id": who for column in columns if column != "volunteer"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Bar.objects.filter(pk=bar.pk).update(**{"proposed_by_id": bar.proposed_by_id} | values)


def test_one_bar_of_a_person_stands_at_a_time(anna: Volunteer) -> None:
    make.barred(anna)
    other = make.a_checker()
    assert refusal(BarFlow.propose, draft_bar(anna, by=other, at=NOON), other, **make.GROUND) == [
        "barred"
    ]


def test_a_bar_is_lifted_by_two(anna: Volunteer) -> None:
    clear(anna, "V1")
    bar, asking = make.barred(anna), make.a_checker()
    make.take(BarFlow.ask_removal, bar, asking, reason="Дело закрыто.")
    assert refusal(BarFlow.lift, make.again(bar), asking) == ["another"]
    make.take(BarFlow.keep, make.again(bar), make.a_checker(), reason="Ещё рано.")
    assert why(anna) == ["halted"]
    make.take(BarFlow.ask_removal, make.again(bar), asking, reason="Дело закрыто.")
    make.take(BarFlow.lift, make.again(bar), make.a_checker())
    assert (why(anna), listed(anna)) == ([], True)
    assert BarMark.objects.count() == 0
    assert not Halt.objects.filter(lifted_at=None).exists()


def test_a_bar_that_is_not_confirmed_lets_the_person_go(anna: Volunteer) -> None:
    clear(anna, "V1")
    bar = make.proposed(anna)
    make.take(BarFlow.refuse, bar, make.a_checker(), reason="Не подтвердилось.")
    assert (why(anna), BarMark.objects.count()) == ([], 0)


def test_silence_bars_nobody(anna: Volunteer) -> None:
    clear(anna, "V1")
    bar = make.proposed(anna)
    due = Term.objects.get(case=bar.case, name="hold").due_at
    sweep(due - timedelta(minutes=1))
    assert why(anna) == ["halted"]
    sweep(due + timedelta(minutes=1))
    assert (make.again(bar).case.state, why(anna)) == ("lapsed", [])


def test_a_bar_in_force_is_looked_at_anew(anna: Volunteer) -> None:
    bar = make.barred(anna, at=NOON - timedelta(days=400))
    due = Term.objects.get(case=bar.case, name="review").due_at
    sweep(due + timedelta(minutes=1))
    assert Notice.objects.filter(case=bar.case, kind="bar_review").exists()
    assert make.again(bar).case.state == "in_force"


def heard(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def test_the_ngo_hears_that_there_is_no_clearance_and_never_why(
    anna: Volunteer, home: Organisation
) -> None:
    leads = make.coordinator_of(home)
    make.barred(anna)
    assert heard("not_cleared") == {leads.user.pk}
    assert heard("person_held") == heard("person_barred") == {anna.pk}
    for notice in Notice.objects.filter(person=leads.user.pk):  # type: ignore[misc]
        for language in ("ru", "en"):
            said = letter(notice, language)
            assert make.GROUND["reason"] not in said.text
            assert str(anna.person) in said.subject
    told = letter(Notice.objects.get(kind="person_barred"), "ru")
    assert "вред или опасность для проживающего" in told.text
    assert make.GROUND["reason"] in told.text


def test_neither_the_person_nor_their_ngo_may_read_the_case(
    anna: Volunteer, home: Organisation, coordinator: Client
) -> None:
    bar = make.barred(anna)
    assert coordinator.get(f"/cases/{bar.case.ref}/").status_code == 404
    client = Client()
    client.force_login(anna.person)
    assert client.get(f"/cases/{bar.case.ref}/").status_code == 404


def test_a_list_and_a_single_answer_agree_about_suspensions_to_come(
    anna: Volunteer, home: Organisation, house: Institution
) -> None:
    clear(anna, "V2", institution=house)
    by = make.coordinator_of(home)
    make.suspended(anna, by, TODAY + timedelta(days=10), TODAY + timedelta(days=12))
    for first in range(8, 15):
        for last in range(first, 15):
            days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
            found = Volunteer.objects.filter(cleared("V2", house.pk, *days), pk=anna.pk).exists()
            single = clearance.is_cleared(anna.pk, "V2", house.pk, *days)
            assert found is single is not (first <= 12 and last >= 10)


def test_a_double_click_changes_nothing(anna: Volunteer) -> None:
    by = make.a_checker()
    bar = draft_bar(anna, by=by, at=NOON)
    assert draft_bar(anna, by=by, at=NOON).pk == bar.pk
    same = key()
    first = BarFlow.propose(bar, by=by, at=NOON, key=same, **make.GROUND)
    second = BarFlow.propose(bar, by=by, at=NOON, key=same, **make.GROUND)
    assert first.pk == second.pk
