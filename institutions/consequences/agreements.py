"""What a signature or an early end writes into an agreement."""

from casework.process import Ask
from institutions.models import Agreement


def sign_for_offerer(ask: Ask[Agreement]) -> None:
    """Whoever offers has signed by it."""
    assert ask.by is not None  # noqa: S101  (the clock offers nothing)
    ask.detail.signed_for_offerer_id = ask.by.user.pk
    ask.detail.save(update_fields=["signed_for_offerer"])


def sign_for_other(ask: Ask[Agreement]) -> None:
    """The second signature: from now on it holds."""
    assert ask.by is not None  # noqa: S101  (the clock signs nothing)
    ask.detail.signed_for_other_id = ask.by.user.pk
    ask.detail.signed_at = ask.at
    ask.detail.save(update_fields=["signed_for_other", "signed_at"])


def set_the_last_day(ask: Ask[Agreement]) -> None:
    """It holds through the day that was named."""
    ask.detail.ended_on = ask.answer("last_on")
    ask.detail.save(update_fields=["ended_on"])
