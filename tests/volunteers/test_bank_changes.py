"""The bank changes by two people, and a paper can always be drawn from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Notice, Term
from casework.sweep import sweep
from tests.factories import acting, department, member
from tests.volunteers.banking import (
    Flow,
    approved,
    asked,
    checker,
    new,
    refusals,
    retirement,
    version,
    written,
)
from tests.volunteers.knowledge import person, take
from tests.volunteers.making import NOON, TODAY
from volunteers.bank.proposing import Draft, propose
from volunteers.models import Question, QuestionChange, QuestionVersion
from volunteers.queries.test import bank
from volunteers.services import test as services
from volunteers.testing.drawing import draw, places

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def one() -> Acting:
    return checker()


@pytest.fixture
def two() -> Acting:
    return checker()


def codes() -> set[str]:
    return {item.code for item in bank(TODAY)}


def told(step: str) -> set[int]:
    kinds = Notice.objects.filter(kind=f"question_change_{step}")
    return set(kinds.values_list("person", flat=True))


def test_a_new_question_gets_the_next_code_of_its_topic(one: Acting, two: Acting) -> None:
    change = new(one)
    assert len(bank(TODAY)) == 181
    change = approved(change, two)
    question, made = change.question, change.version
    assert question is not None
    assert made is not None
    assert (question.code, question.topic, question.mandatory) == ("routine-016", "routine", False)
    assert (made.n, made.tiers, made.multiple, made.retired_on) == (1, ["V2"], False, None)
    assert (made.text_ru, made.options) == (written()["text_ru"], written()["options"])
    assert (change.case.state, change.approved_by, len(bank(TODAY))) == ("approved", two.user, 182)


def test_a_new_version_takes_the_place_of_the_old_one(one: Acting, two: Acting) -> None:
    before = asked("rights-001")
    change = approved(version(one, "rights-001", text_en="Mended.", topic="elders"), two)
    after = asked("rights-001")
    assert (after.n, after.pk, after.text_en) == (2, change.version_id, "Mended.")
    assert after.question.topic == "rights"
    before.refresh_from_db()
    assert (before.retired_on, before.text_en == after.text_en) == (TODAY, False)
    assert [item.version for item in bank(TODAY) if item.code == "rights-001"] == [after.pk]


def test_a_leaked_question_is_on_no_paper_once_its_retirement_is_approved(
    one: Acting, two: Acting
) -> None:
    change = retirement(one, "rights-001")
    assert "rights-001" in codes()
    approved(change, two)
    assert "rights-001" not in codes()


def test_a_try_under_way_keeps_its_questions(one: Acting, two: Acting) -> None:
    attempt = services.start(person(), "V2", NOON)
    known = QuestionVersion.objects.in_bulk([place.version for place in places(attempt.paper)])
    leaked = next(v for v in known.values() if not v.question.mandatory)
    approved(retirement(one, leaked.question.code), two)
    attempt.refresh_from_db()
    assert leaked.pk in {place.version for place in places(attempt.paper)}
    services.finish(attempt, NOON)
    assert attempt.marked.filter(version=leaked).count() == 1


def test_the_same_seed_draws_the_same_paper_and_another_bank_another(
    one: Acting, two: Acting
) -> None:
    how: dict[str, Any] = {"tier": "V2", "size": 20, "seed": 7, "met": {}}
    first = draw(bank(TODAY), **how)
    assert draw(bank(TODAY), **how) == first
    known = QuestionVersion.objects.in_bulk([place.version for place in first])
    code = next(v.question.code for v in known.values() if not v.question.mandatory)
    approved(retirement(one, code), two)
    again = {place.version for place in draw(bank(TODAY), **how)}
    assert again.isdisjoint(v.pk for v in known.values() if v.question.code == code)


def test_nobody_approves_what_they_wrote(one: Acting) -> None:
    change = new(one)
    assert refusals(lambda: approved(change, one)) == [("own_case", "")]
    own = QuestionChange.objects.filter(pk=change.pk)
    with (
        pytest.raises(IntegrityError, match="question_change_by_two_people"),
        transaction.atomic(),
    ):
        own.update(approved_by=one.user)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CHIEF, Role.COMMISSIONER, Role.AUDITOR])
def test_only_checkers_write_and_approve(one: Acting, role: str) -> None:
    other = acting(member(department(), role), TODAY, role)
    assert refusals(lambda: new(other)) == [("not_yours", "")]
    change = new(one)
    assert refusals(lambda: approved(change, other)) == [("not_yours", "")]


@pytest.mark.parametrize(
    ("changes", "objection"),
    [
        ({"text_en": " "}, ("missing", "text_en")),
        ({"explanation_ru": ""}, ("missing", "explanation_ru")),
        ({"tiers": []}, ("tiers", "tiers")),
        ({"options": written()["options"][1:]}, ("options", "option_1_ru")),
        ({"text_ru": "после ЗАНЯТИЯ"}, None),
    ],
)
def test_a_question_says_everything(
    one: Acting, changes: dict[str, Any], objection: tuple[str, str] | None
) -> None:
    if objection is None:
        assert new(one, **changes).case.state == "proposed"
    else:
        assert refusals(lambda: new(one, **changes)) == [objection]


@pytest.mark.parametrize("right", [True, False])
def test_something_is_right_and_something_wrong(one: Acting, right: bool) -> None:
    options = [{**option, "correct": right} for option in written()["options"]]
    assert refusals(lambda: new(one, options=options)) == [("key", "option_1_right")]


def test_an_option_speaks_both_languages(one: Acting) -> None:
    options = written()["options"]
    options[1] = options[1] | {"text_en": ""}
    assert refusals(lambda: new(one, options=options)) == [("missing", "option_2_en")]


def test_no_question_is_asked_twice(one: Acting, two: Acting) -> None:
    same = asked("rights-001").text_ru.upper().replace("Ё", "Е").replace(" ", "  ")
    assert refusals(lambda: new(one, text_ru=same)) == [("twice", "text_ru")]
    approved(retirement(one, "rights-001"), two)
    assert new(one, text_ru=same).case.state == "proposed"


def test_two_of_the_same_words_are_caught_when_the_second_is_approved(
    one: Acting, two: Acting
) -> None:
    first, second = new(one), new(one)
    approved(first, two)
    assert refusals(lambda: approved(second, two)) == [("twice", "text_ru"), ("twice", "text_en")]


def test_a_version_changes_something(one: Acting) -> None:
    assert refusals(lambda: version(one, "rights-001")) == [("same", "")]


def test_two_changes_of_a_question_are_decided_one_after_the_other(one: Acting) -> None:
    retirement(one, "rights-001")
    assert refusals(lambda: version(one, "rights-001", difficulty=3)) == [("waits", "")]


def test_a_retired_question_does_not_come_back(one: Acting, two: Acting) -> None:
    last = asked("rights-001")
    approved(retirement(one, "rights-001"), two)
    draft = Draft("version", "Снова", written(), follows=last)
    objections = refusals(lambda: propose(draft, by=one, at=NOON, key="again"))
    assert objections == [("retired", "")]


def retire_all_but_one(topic: str, *, mandatory: bool) -> str:
    found = Question.objects.filter(topic=topic, mandatory=mandatory).order_by("code")
    last, *others = found
    QuestionVersion.objects.filter(question__in=others).update(retired_on=TODAY)
    return last.code


@pytest.mark.parametrize("topic", ["forbidden", "reporting"])
def test_the_last_mandatory_question_of_a_paper_stays(one: Acting, topic: str) -> None:
    code = retire_all_but_one(topic, mandatory=True)
    found = refusals(lambda: retirement(one, code))
    assert set(found) == {("short", "tiers")}


def test_the_last_question_of_a_topic_stays(one: Acting) -> None:
    code = retire_all_but_one("hygiene", mandatory=False)
    assert refusals(lambda: retirement(one, code)) == [("short", "tiers")] * 3


def test_a_version_does_not_leave_the_tier_that_needs_it(one: Acting) -> None:
    code = retire_all_but_one("hygiene", mandatory=False)
    assert refusals(lambda: version(one, code, tiers=["V2", "V3"])) == [("short", "tiers")]


def test_what_would_break_a_paper_is_found_when_it_is_approved(one: Acting, two: Acting) -> None:
    found = Question.objects.filter(topic="hygiene").order_by("code")
    last, other, *rest = found
    QuestionVersion.objects.filter(question__in=rest).update(retired_on=TODAY)
    first, second = retirement(one, last.code), retirement(one, other.code)
    approved(first, two)
    assert refusals(lambda: approved(second, two)) == [("short", "tiers")] * 3


def test_a_change_is_sent_back_with_a_reason_or_withdrawn(one: Acting, two: Acting) -> None:
    change = new(one)
    Flow.refuse(change, by=two, at=NOON, key="refuse", reason="Второй вариант тоже верный")
    other = new(one)
    Flow.withdraw(other, by=one, at=NOON, key="withdraw")
    states = [QuestionChange.objects.get(pk=c.pk).case.state for c in (change, other)]
    assert states == ["refused", "withdrawn"]
    assert len(bank(TODAY)) == 181
    assert (told("propose"), told("refuse")) == ({two.user.pk}, {one.user.pk})


def test_silence_is_told_to_the_chief_and_approves_nothing(one: Acting, two: Acting) -> None:
    chief = member(department(), Role.CHIEF)
    change = new(one)
    term = Term.objects.get(case=change.case)
    assert (term.rule, term.days, term.unit) == ("bank.approve", 10, "wd")
    sweep(term.due_at + DAY)
    change.case.refresh_from_db()
    assert change.case.state == "proposed"
    assert told("escalate") == {one.user.pk, two.user.pk, chief.pk}
    assert approved(change, two).case.state == "approved"


def test_no_letter_and_no_case_page_carries_a_question(one: Acting, two: Acting) -> None:
    change = approved(new(one), two)
    words = written()["text_ru"]
    assert words not in str([notice.values for notice in Notice.objects.all()])
    assert words not in str(Flow.shown(change)) + Flow.heading(change)


def test_the_same_form_sent_twice_is_one_proposal(one: Acting) -> None:
    draft = Draft("new", "Раз", written())
    made = [propose(draft, by=one, at=NOON, key="same") for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert QuestionChange.objects.count() == 1


def test_the_application_can_approve_but_not_delete_a_change(one: Acting, two: Acting) -> None:
    change = new(one)
    with connection.cursor() as cursor:
        cursor.execute("set local role open_doors_app")
    assert approved(change, two).case.state == "approved"
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        QuestionChange.objects.filter(pk=change.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("reset role")


def test_a_retake_brings_new_questions(one: Acting) -> None:
    who = person()
    first, second = take(who, NOON, passing=False), take(who, NOON + DAY, passing=False)
    met, again = ({place.version for place in places(a.paper)} for a in (first, second))
    mandatory = set(
        QuestionVersion.objects.filter(question__mandatory=True).values_list("pk", flat=True)
    )
    assert met & again - mandatory == set()
