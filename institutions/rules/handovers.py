"""What must hold before a pack is answered and accepted."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from institutions.models import Answer, Handover


def the_items_are_open(ask: Ask[Handover]) -> Iterable[Objection]:
    """They belong to this pack and have no answer yet."""
    items = ask.answer("items")
    if items is None:
        return
    pending = ask.detail.items.filter(pk__in=items, answer=Answer.PENDING)
    if not items or pending.count() != len(set(items)):
        yield Objection(
            "answered",
            _("Some of it has an answer already."),
            _("Look at the pack again: what you see now is up to date."),
            field="items",
        )


def everything_is_answered(ask: Ask[Handover]) -> Iterable[Objection]:
    """Nothing is accepted unread."""
    if left := ask.detail.items.filter(answer=Answer.PENDING).count():
        yield Objection(
            "pending",
            _("Not everything has an answer yet: %(left)d left.") % {"left": left},
            _("Confirm or mark for alteration each of them."),
        )
