"""What follows when a house narrows a type, or takes that back."""

from casework.process import Ask
from institutions.models import NarrowedType


def demand_it(ask: Ask[NarrowedType]) -> None:
    """From now on it counts, for the days it names."""
    ask.detail.declared_at = ask.at
    ask.detail.save(update_fields=["declared_at"])


def take_it_back(ask: Ask[NarrowedType]) -> None:
    """From today the catalogue alone says what is needed; what was declared stays written."""
    ask.detail.withdrawn_on = max(ask.on, ask.detail.from_on)
    ask.detail.save(update_fields=["withdrawn_on"])
