"""Taking the knowledge test: one try at a time, its time, its result, the wait, the trail."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import User
from casework.models import Entry, Parameter
from tests.volunteers.knowledge import (
    DAY,
    MINUTE,
    NOON,
    answer_all,
    numbers,
    person,
    right_places,
    take,
)
from volunteers.models import Answer, Attempt, QuestionVersion
from volunteers.queries import test as queries
from volunteers.services import test as services
from volunteers.tasks import finish_tests
from volunteers.testing.drawing import places

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return person()


def codes(attempt: Attempt) -> set[str]:
    versions = [place.version for place in places(attempt.paper)]
    return set(
        QuestionVersion.objects.filter(pk__in=versions).values_list("question__code", flat=True)
    )


def result(attempt: Attempt) -> tuple[int | None, Decimal | None, bool | None, bool]:
    return attempt.score, attempt.share, attempt.passed, attempt.failed_mandatory


def test_a_try_has_the_questions_and_the_minutes_of_the_rules(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    assert (len(attempt.paper), len(codes(attempt))) == (20, 20)
    assert (attempt.started_at, attempt.deadline_at) == (NOON, NOON + 40 * MINUTE)
    assert (attempt.tier, attempt.rulebook, attempt.finished_at) == ("V2", 1, None)


def test_the_rules_of_the_day_decide_how_many_questions_there_are(anna: User) -> None:
    Parameter.objects.filter(code="test.questions").update(value=25)
    Parameter.objects.filter(code="test.minutes").update(value=50)
    attempt = services.start(anna, "V3", NOON)
    assert (len(attempt.paper), attempt.deadline_at) == (25, NOON + 50 * MINUTE)


def test_a_second_tab_and_a_double_click_go_on_with_the_same_try(anna: User) -> None:
    first = services.start(anna, "V2", NOON)
    again = services.start(anna, "V3", NOON + 5 * MINUTE)
    assert (again.pk, again.paper, again.deadline_at) == (
        first.pk,
        [[version, list(order)] for version, order in first.paper],
        first.deadline_at,
    )
    assert Attempt.objects.count() == 1


def test_the_database_knows_one_try_under_way(anna: User) -> None:
    services.start(anna, "V2", NOON)
    with pytest.raises(IntegrityError, match="one_attempt_under_way"), transaction.atomic():
        Attempt.objects.create(
            person=anna, tier="V2", seed=1, paper=[], started_at=NOON, deadline_at=NOON + DAY
        )


def test_two_people_take_the_test_at_once(anna: User) -> None:
    one, two = services.start(anna, "V2", NOON), services.start(person("boris"), "V2", NOON)
    assert (one.pk == two.pk, one.seed == two.seed) == (False, False)


def test_an_answer_is_kept_and_replaced_and_taken_back(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    for chosen in ([0], [2], [2], [2, 2]):
        assert services.answer(attempt, 3, chosen, NOON + MINUTE)
    assert list(Answer.objects.values_list("n", "chosen")) == [(3, [2])]
    assert queries.progress(attempt, NOON).answered == 1
    assert services.answer(attempt, 3, [], NOON + MINUTE)
    assert (queries.progress(attempt, NOON).answered, queries.progress(attempt, NOON).first) == (
        0,
        1,
    )


def test_everything_right_is_passed(anna: User) -> None:
    attempt = take(anna, NOON)
    assert result(attempt) == (20, Decimal("100"), True, False)
    assert attempt.finished_at == NOON + 15 * MINUTE
    assert queries.passed_until(attempt) == date(2027, 7, 7)


@pytest.mark.parametrize(("wrong", "passed"), [(4, True), (5, False)])
def test_the_pass_mark_is_eighty_of_a_hundred(anna: User, wrong: int, passed: bool) -> None:
    attempt = services.start(anna, "V2", NOON)
    answer_all(attempt, NOON, wrong=numbers(attempt, mandatory=False)[:wrong])
    attempt = services.finish(attempt, NOON + MINUTE)
    assert result(attempt) == (20 - wrong, Decimal(100 - 5 * wrong), passed, False)


def test_one_mandatory_question_wrong_fails_the_try(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    answer_all(attempt, NOON, wrong=numbers(attempt, mandatory=True)[:1])
    attempt = services.finish(attempt, NOON + MINUTE)
    assert result(attempt) == (19, Decimal("95"), False, True)
    assert queries.passed_until(attempt) is None


def test_finishing_twice_changes_nothing(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    first = services.finish(attempt, NOON + MINUTE)
    again = services.finish(attempt, NOON + 9 * MINUTE)
    assert (again.pk, again.finished_at, result(again)) == (
        first.pk,
        NOON + MINUTE,
        result(first),
    )
    assert Entry.objects.filter(action="test.finished").count() == 1


def test_a_finished_try_takes_no_answer(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    services.finish(attempt, NOON + MINUTE)
    assert not services.answer(attempt, 1, right_places(attempt, 1), NOON + 2 * MINUTE)
    assert not Answer.objects.exists()


def test_an_answer_at_the_last_moment_is_taken_and_one_after_it_is_not(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    end = attempt.deadline_at
    assert services.answer(attempt, 1, right_places(attempt, 1), end)
    assert not services.answer(
        attempt, 2, right_places(attempt, 2), end + timedelta(microseconds=1)
    )
    attempt.refresh_from_db()
    assert (attempt.score, attempt.finished_at) == (1, end)


def test_a_try_out_of_time_is_finished_when_looked_at(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    answer_all(attempt, NOON + MINUTE)
    assert services.current(anna, attempt.deadline_at) == attempt
    assert services.current(anna, NOON + 3 * DAY) is None
    attempt.refresh_from_db()
    assert (attempt.finished_at, attempt.passed) == (attempt.deadline_at, True)


def test_starting_after_the_time_ran_out_is_a_new_try(anna: User) -> None:
    first = services.start(anna, "V2", NOON)
    second = services.start(anna, "V2", NOON + DAY)
    first.refresh_from_db()
    assert (first.passed, first.pk == second.pk) == (False, False)


def test_the_sweep_finishes_only_what_is_out_of_time(anna: User) -> None:
    old = services.start(anna, "V2", NOON)
    new = services.start(person("boris"), "V2", NOON + 30 * MINUTE)
    assert services.finish_overdue(old.deadline_at) == 0
    assert services.finish_overdue(NOON + 41 * MINUTE) == 1
    assert services.finish_overdue(NOON + 41 * MINUTE) == 0
    assert list(Attempt.objects.under_way()) == [new]


def test_a_worker_marks_what_was_left_lying(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    answer_all(attempt, NOON)
    assert finish_tests.name in {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}
    with time_machine.travel(NOON + DAY, tick=False):
        finish_tests()
    attempt.refresh_from_db()
    assert (attempt.passed, attempt.finished_at) == (True, attempt.deadline_at)


def test_three_tries_then_a_wait_then_three_again(anna: User) -> None:
    for n in range(3):
        take(anna, NOON + n * DAY, passing=False)
    with pytest.raises(services.MustWait) as wait:
        services.start(anna, "V2", NOON + 15 * DAY)
    assert wait.value.opens_on == date(2026, 7, 24)
    for n in range(3):
        take(anna, NOON + (16 + n) * DAY, passing=False)
    with pytest.raises(services.MustWait):
        services.start(anna, "V3", NOON + 19 * DAY)
    assert Attempt.objects.count() == 6


def test_the_third_try_left_lying_still_counts(anna: User) -> None:
    for n in range(2):
        take(anna, NOON + n * DAY, passing=False)
    services.start(anna, "V2", NOON + 2 * DAY)
    with pytest.raises(services.MustWait) as wait:
        services.start(anna, "V2", NOON + 3 * DAY)
    assert wait.value.opens_on == date(2026, 7, 24)
    assert not Attempt.objects.under_way().exists()


def test_three_tries_of_a_row_share_no_question(anna: User) -> None:
    papers = [codes(take(anna, NOON + n * DAY, passing=False)) for n in range(3)]
    assert len(set.union(*papers)) == 60


def test_a_pass_mark_changed_meanwhile_does_not_touch_a_try_under_way(anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    answer_all(attempt, NOON, wrong=numbers(attempt, mandatory=False)[:4])
    mark = Parameter.objects.get(code="test.pass_percent")
    Parameter.objects.filter(pk=mark.pk).update(during=(date(2024, 1, 1), date(2026, 7, 9)))
    mark.pk, mark.value, mark.during = None, 100, (date(2026, 7, 9), None)
    mark._state.adding = True
    mark.save()
    services.finish_overdue(NOON + 2 * DAY)
    attempt.refresh_from_db()
    assert attempt.passed


def test_a_pass_of_a_leap_day_ends_a_day_before_the_last_of_february(anna: User) -> None:
    attempt = take(anna, NOON.replace(year=2028, month=2, day=29))
    assert queries.passed_until(attempt) == date(2029, 2, 27)


def test_the_day_of_a_try_is_the_day_in_moscow(anna: User) -> None:
    attempt = take(anna, NOON.replace(hour=21, minute=50))
    assert queries.passed_until(attempt) == date(2027, 7, 8)


def test_starting_and_finishing_stand_in_the_trail(anna: User) -> None:
    attempt = take(anna, NOON)
    lines = Entry.objects.order_by("pk").values_list("actor", "action", "subject", "chain")
    subject, chain = f"attempt:{attempt.pk}", anna.pk % 16
    assert list(lines) == [
        (anna.pk, "test.started", subject, chain),
        (anna.pk, "test.finished", subject, chain),
    ]


def test_a_finished_try_never_changes(anna: User) -> None:
    attempt = take(anna, NOON, passing=False)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(passed=True)
    with pytest.raises(DatabaseError, match="takes no answers"), transaction.atomic():
        Answer.objects.create(attempt=attempt, n=1, chosen=[0], saved_at=NOON)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"tier": "V4"}, "attempt_tier_is_tested"),
        ({"deadline_at": NOON}, "attempt_has_time"),
        ({"finished_at": NOON + MINUTE}, "attempt_is_marked_when_finished"),
        ({"passed": True}, "attempt_is_marked_when_finished"),
        (
            {"finished_at": NOON + DAY, "score": 1, "share": 5, "passed": False},
            "attempt_ends_in_its_time",
        ),
        (
            {"finished_at": NOON + MINUTE, "score": 20, "share": 101, "passed": True},
            "attempt_is_marked_when_finished",
        ),
        (
            {
                "finished_at": NOON + MINUTE,
                "score": 19,
                "share": 95,
                "passed": True,
                "failed_mandatory": True,
            },
            "a_pass_fails_nothing_mandatory",
        ),
    ],
)
def test_the_database_refuses_a_try(
    anna: User, changes: dict[str, object], constraint: str
) -> None:
    attempt = services.start(anna, "V2", NOON)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**changes)


def test_a_person_sees_their_own_tries_only(anna: User) -> None:
    attempt, boris = take(anna, NOON), person("boris")
    assert list(Attempt.objects.visible_to(anna)) == [attempt]
    assert list(Attempt.objects.visible_to(boris)) == []
    assert (queries.latest(anna), queries.latest(boris)) == (attempt, None)
