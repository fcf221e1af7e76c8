"""What an answer of the new director writes into the pack."""

from casework.process import Ask, Consequence
from institutions.models import Answer, Handover


def answered(answer: Answer) -> Consequence:
    """The items named have this answer, by whom and why; nothing else changes."""

    def write(ask: Ask[Handover]) -> None:
        assert ask.by is not None  # noqa: S101  (the clock answers nothing)
        ask.detail.items.filter(pk__in=ask.answer("items", [])).update(
            answer=answer,
            reason=ask.answer("reason") or "",
            answered_by=ask.by.user.pk,
            answered_at=ask.at,
        )

    return write
