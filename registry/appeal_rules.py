"""What must hold before an appeal is filed or decided."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Decision
from casework.process import Ask, Objection
from registry.models import Appeal, Contested
from registry.queries.appeals import Contestable, contested
from registry.queries.applications import WAITING, applications_of, renewal

NOTHING = Objection(
    "nothing",
    _("There is no decision in this case that could be appealed now."),
    _("Look at the case: it may have been lifted or decided anew."),
)
ONCE = Objection("once", _("An appeal against this decision was already filed."))
ANEW = Objection(
    "anew",
    _("A newer application of the NGO is already under way."),
    _("Withdraw it first, or wait for its decision."),
)
REGISTERED = Objection("registered", _("The NGO has been registered since."))


def it_can_be_filed(ask: Ask[Appeal]) -> Iterable[Objection]:
    """Something that stands, in time, once."""
    against = ask.detail.against
    yield from why_not_filed(against, contested(against), ask.on, but=ask.detail)


def why_not_filed(
    against: Case, found: Contestable | None, on: date, *, but: Appeal | None = None
) -> Iterable[Objection]:
    """Why the NGO this case is about cannot appeal what stands there on this day; `but` is the
    appeal at hand.
    """
    if found is None:
        yield NOTHING
        return
    if on > found.last_on:
        yield _late(found.last_on)
    others = Appeal.objects.filter(against=against, withdrawn_at=None)
    if others.exclude(pk=but.pk if but else None).exists():
        yield ONCE
    if found.what == Contested.REFUSAL:
        yield from _overtaken(against, on)


def other_eyes(ask: Ask[Appeal]) -> Iterable[Objection]:
    """Whoever took a step in the case appealed does not judge it; a trigger keeps this too."""
    if ask.by is None:
        return
    taken = Decision.objects.filter(case=ask.detail.against_id, actor=ask.by.user.pk)
    if taken.exists():
        yield Objection(
            "other_eyes",
            _("You took part in the case that is appealed, so somebody else decides."),
            _("Another member of the commission can do it."),
        )


def _overtaken(against: Case, on: date) -> Iterable[Objection]:
    """A refusal does not matter any more once the NGO has gone another way."""
    ngo = against.asker_id or 0
    if applications_of(ngo).filter(case__state__in=WAITING).exists():
        yield ANEW
    elif not renewal(ngo, on).is_open(on):
        yield REGISTERED


def _late(last: date) -> Objection:
    text = _("The term for an appeal is over: its last day was %(day)s.")
    remedy = _("A court can still be asked.")
    return Objection("late", text % {"day": date_format(last, "j E Y")}, remedy)
