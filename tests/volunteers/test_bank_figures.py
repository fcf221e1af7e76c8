"""The figures of the bank's questions, against an oracle that counts by hand."""

from collections import defaultdict
from importlib import import_module
from random import Random
from statistics import StatisticsError, correlation, fmean

import pytest
from django.db import DatabaseError, connection, transaction

from casework.parameters import rules_on
from tests.volunteers.knowledge import MINUTE, NOON, person, right_places, wrong_places
from tests.volunteers.making import TODAY
from volunteers.models import Answer, Attempt, Marked, QuestionVersion
from volunteers.queries.figures import figures, judged, limits_of
from volunteers.services import test as services
from volunteers.testing.drawing import places
from volunteers.testing.judging import Fault, Figures, Limits, fault

pytestmark = pytest.mark.django_db
LIMITS = Limits(answers=30, easy=0.95, hard=0.3, tells_apart=0.15)


def tries(count: int, seed: int) -> list[Attempt]:
    """Finished tries of people who know more or less; some answers are left out."""
    chance, made = Random(seed), []  # noqa: S311  (the same people again for the same seed)
    for n in range(count):
        attempt, known = services.start(person(f"p{n}"), "V2", NOON), chance.random()
        for place in range(1, len(attempt.paper) + 1):
            if chance.random() < 0.9:
                pick = right_places if chance.random() < known else wrong_places
                services.answer(attempt, place, pick(attempt, place), NOON)
        made.append(services.finish(attempt, NOON + MINUTE))
    return made


def rights(attempt: Attempt) -> dict[int, bool]:
    """Whether each version of the paper was answered right, counted from what was chosen."""
    chosen = dict(Answer.objects.filter(attempt=attempt).values_list("n", "chosen"))
    return {
        place.version: sorted(chosen.get(n, [])) == right_places(attempt, n)
        for n, place in enumerate(places(attempt.paper), start=1)
    }


def oracle(attempts: list[Attempt]) -> dict[int, Figures]:
    seen: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for attempt in attempts:
        paper = rights(attempt)
        for version, right in paper.items():
            others = [float(one) for pk, one in paper.items() if pk != version]
            seen[version].append((float(right), fmean(others)))
    found = {}
    for version, pairs in seen.items():
        xs, ys = zip(*pairs, strict=True)
        try:
            link: float | None = correlation(xs, ys)
        except StatisticsError:
            link = None
        found[version] = Figures(len(pairs), fmean(xs), link)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_equal_the_oracle(seed: int) -> None:
    expected = oracle(tries(12, seed))
    services.start(person("under-way"), "V2", NOON)
    found = figures(list(QuestionVersion.objects.values_list("pk", flat=True)))
    assert found.keys() == expected.keys()
    for version, seen in found.items():
        wanted = expected[version]
        assert (seen.answers, seen.share) == (wanted.answers, pytest.approx(wanted.share))
        assert (seen.link is None) == (wanted.link is None)
        assert wanted.link is None or seen.link == pytest.approx(wanted.link, abs=1e-3)
    assert any(seen.link is not None for seen in found.values())


def test_figures_are_one_query_for_one_question_and_for_all(
    django_assert_num_queries: object,
) -> None:
    everything = list(QuestionVersion.objects.values_list("pk", flat=True))
    for wanted in (everything[:1], everything):
        with django_assert_num_queries(1):  # type: ignore[operator]
            figures(wanted)


def test_tries_of_before_get_the_same_marks() -> None:
    tries(4, seed=3)
    kept = set(Marked.objects.values_list("attempt", "version", "right", "rest"))
    assert len(kept) == 80
    Marked.objects.all().delete()
    fill = import_module("volunteers.migrations.0011_bank_guards").FILL
    with connection.cursor() as cursor:
        cursor.execute(fill)
    assert set(Marked.objects.values_list("attempt", "version", "right", "rest")) == kept


def test_a_mark_never_changes() -> None:
    tries(1, seed=4)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Marked.objects.update(right=True)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (Figures(29, 1.0, None), None),
        (Figures(30, 0.95, 0.4), Fault.EASY),
        (Figures(30, 0.94, 0.4), None),
        (Figures(30, 0.3, 0.4), Fault.HARD),
        (Figures(30, 0.31, 0.4), None),
        (Figures(30, 0.6, 0.149), Fault.FLAT),
        (Figures(30, 0.6, -0.5), Fault.FLAT),
        (Figures(30, 0.6, 0.15), None),
        (Figures(30, 0.6, None), None),
    ],
)
def test_a_question_is_judged_from_enough_answers(seen: Figures, found: Fault | None) -> None:
    assert fault(seen, LIMITS) == found


def test_the_limits_are_rules() -> None:
    assert limits_of(rules_on(TODAY)) == LIMITS


def test_a_question_that_nobody_met_has_no_figures() -> None:
    version = QuestionVersion.objects.earliest("pk")
    one = judged([version.pk], rules_on(TODAY))[version.pk]
    assert (one.answers, one.link, one.missing, one.fault) == (0, None, 30, "")
