"""The bank of questions: what the migration brings, the bounds it is held to, what stays."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from volunteers.models import Question, QuestionVersion, Topic
from volunteers.queries.test import bank

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[2] / "volunteers" / "data" / "questions.json"
ROWS: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))
FOURTEEN = {"hygiene", "complaints", "elders"}
SIXTEEN = {"rights", "boundaries", "forbidden", "emergency"}
TODAY = date(2026, 7, 8)


def test_migrations_bring_every_question_of_the_file() -> None:
    fields = ("tiers", "types", "difficulty", "options", "multiple", "source")
    texts = ("text_ru", "text_en", "explanation_ru", "explanation_en")
    kept = {
        version.question.code: {name: getattr(version, name) for name in (*fields, *texts)}
        | {"code": version.question.code, "topic": version.question.topic}
        | {"mandatory": version.question.mandatory}
        for version in QuestionVersion.objects.select_related("question")
    }
    assert kept == {row["code"]: row for row in ROWS}


def test_there_are_181_questions_on_twelve_topics() -> None:
    counts = Counter(Question.objects.values_list("topic", flat=True))
    known = dict.fromkeys(Topic.values, 15)
    known |= dict.fromkeys(FOURTEEN, 14) | dict.fromkeys(SIXTEEN, 16)
    assert counts == known
    assert counts.total() == 181


def test_every_type_has_questions_of_its_own() -> None:
    counts = Counter(code for row in ROWS for code in row["types"])
    assert counts.keys() == {f"T{n:02}" for n in range(1, 21)}
    assert (counts["T14"], counts["T15"]) == (5, 5)


def test_the_mandatory_ones_are_about_secrets_reporting_and_a_missing_child() -> None:
    mandatory = Question.objects.filter(mandatory=True).values_list("topic", flat=True)
    assert Counter(mandatory) == {"forbidden": 5, "reporting": 15, "outing": 5}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_a_question_speaks_both_languages_and_has_an_answer(row: dict[str, Any]) -> None:
    spoken = [row, *row["options"]]
    russian = [one["text_ru"] for one in spoken] + [row["explanation_ru"]]
    english = [one["text_en"] for one in spoken] + [row["explanation_en"]]
    right = sum(option["correct"] for option in row["options"])
    assert all(re.search("[а-яё]", text) for text in russian)
    assert all(re.search("[A-Za-z]", text) for text in english)
    assert not any(re.search("[А-Яа-яЁё]", text) for text in english)
    assert (right > 1) is row["multiple"]
    assert 1 <= right < len(row["options"]) <= 4


def test_the_longest_option_does_not_give_the_answer_away() -> None:
    for length, most in ((4, 0.40), (3, 0.45)):
        for language in ("ru", "en"):
            asked = [r for r in ROWS if len(r["options"]) == length and not r["multiple"]]
            longest = [max(r["options"], key=lambda o: len(o[f"text_{language}"])) for r in asked]
            assert sum(option["correct"] for option in longest) <= most * len(asked)


def test_a_question_is_shown_in_the_readers_language() -> None:
    version = QuestionVersion.objects.get(question__code="rights-001")
    with translation.override("en"):
        assert version.name.startswith("After a session")
        assert version.options_spoken([1]) == [
            "How the session went, with no names and no life stories"
        ]
    with translation.override("ru"):
        assert version.options_spoken([1]) == ["Как прошло занятие, без имён и без судеб"]


def next_version(code: str, **changes: Any) -> QuestionVersion:
    version = QuestionVersion.objects.get(question__code=code)
    version.pk, version._state.adding = None, True
    version.n, version.retired_on = 2, None
    for name, value in changes.items():
        setattr(version, name, value)
    version.save()
    return version


def test_the_words_of_a_question_never_change() -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        QuestionVersion.objects.filter(question__code="rights-001").update(text_en="Other words")


def test_a_question_has_one_version_at_a_time() -> None:
    with pytest.raises(IntegrityError, match="one_version_asked_at_a_time"), transaction.atomic():
        next_version("rights-001")


def test_a_retired_version_gives_way_to_the_next() -> None:
    QuestionVersion.objects.filter(question__code="rights-001").update(retired_on=TODAY)
    assert len(bank(TODAY)) == 180
    mended = next_version("rights-001", text_en="Mended")
    found = [item.version for item in bank(TODAY) if item.code == "rights-001"]
    assert (found, len(bank(TODAY))) == ([mended.pk], 181)


def test_a_version_retired_later_is_still_asked_today() -> None:
    QuestionVersion.objects.filter(question__code="rights-001").update(retired_on=date(2026, 7, 9))
    assert len(bank(TODAY)) == 181


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"difficulty": 4}, "difficulty_is_one_to_three"),
        ({"tiers": []}, "question_tiers_known"),
        ({"tiers": ["V2", "V9"]}, "question_tiers_known"),
    ],
)
def test_the_database_refuses_a_question(changes: dict[str, Any], constraint: str) -> None:
    QuestionVersion.objects.filter(question__code="rights-001").update(retired_on=TODAY)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        next_version("rights-001", **changes)


def test_the_guards_stay_awake_for_replicas() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname, tgenabled from pg_trigger where tgname in"
            " ('question_keeps', 'attempt_keeps', 'answer_keeps') order by tgname"
        )
        assert cursor.fetchall() == [
            ("answer_keeps", "A"),
            ("attempt_keeps", "A"),
            ("question_keeps", "A"),
        ]
