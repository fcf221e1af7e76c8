"""What an approved change writes: the next version, or the end of the one that is asked."""

from casework.process import Ask
from volunteers.bank.content import OF_VERSION
from volunteers.models import Question, QuestionChange, QuestionVersion

W = QuestionChange.What


def put_in_force(ask: Ask[QuestionChange]) -> None:
    """From this moment on papers are drawn from the bank as it is then; drawn ones stay."""
    change = ask.detail
    assert ask.by is not None  # noqa: S101  (a person approves)
    change.approved_by_id = ask.by.user.pk
    if change.what == W.NEW:
        change.question = _next_question(change)
    else:
        asked = QuestionVersion.objects.filter(question=change.question, retired_on=None)
        asked.update(retired_on=ask.on)
    if change.what != W.RETIREMENT:
        change.version = _version(change)
    change.save(update_fields=["approved_by", "question", "version"])


def _next_question(change: QuestionChange) -> Question:
    """Codes count on within a topic; the code is unique, so of two at once one is refused."""
    topic = change.content["topic"]
    codes = Question.objects.filter(code__startswith=f"{topic}-").values_list("code", flat=True)
    numbers = [int(code.rpartition("-")[2]) for code in codes]
    code = f"{topic}-{max(numbers, default=0) + 1:03}"
    mandatory = change.content["mandatory"]
    return Question.objects.create(code=code, topic=topic, mandatory=mandatory)


def _version(change: QuestionChange) -> QuestionVersion:
    assert change.question is not None  # noqa: S101  (made above, or known from the start)
    return QuestionVersion.objects.create(
        question=change.question,
        n=change.follows.n + 1 if change.follows else 1,
        **{name: change.content[name] for name in OF_VERSION},
    )
