"""What must hold before an agreement is offered, signed or ended."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from face.templatetags.face import day
from institutions.models import Agreement
from institutions.queries.types import offered
from registry.models import Institution, Ngo


def impossible_types(
    ngo: Ngo,
    institution: Institution,
    types: Iterable[int],
    on: date,
    edition: UUID | None = None,
) -> Iterable[Objection]:
    """Registered for the NGO, fitting the kind, in force: all on the first day of the term."""
    known = {one.type_id: one for one in offered(ngo, institution, on, edition)}
    wrong = [known.get(type_id) for type_id in types]
    possible = ", ".join(one.code for one in known.values() if not one.why_not)
    for one in wrong:
        if one is None:
            yield Objection(
                "type", _("A type you chose is not in force on the first day."), field="types"
            )
        elif one.why_not:
            yield Objection(
                "type",
                _("“%(type)s” cannot be agreed on: %(why)s.")
                % {"type": one.name, "why": one.why_not},
                _("These can: %(types)s.") % {"types": possible} if possible else "",
                field="types",
            )


def the_types_are_possible(ask: Ask[Agreement]) -> Iterable[Objection]:
    """The same for a written agreement; at least one type is covered."""
    deal = ask.detail
    types = list(deal.covered.values_list("type", flat=True))
    if not types:
        yield Objection("types", _("No type of interaction is chosen."), field="types")
    first = max(deal.during.lower, ask.on)
    yield from impossible_types(deal.ngo, deal.institution, types, first, ask.rules.catalogue)


def the_term_is_not_over(ask: Ask[Agreement]) -> Iterable[Objection]:
    """Nobody signs for days that have passed."""
    if ask.detail.during.upper <= ask.on:
        yield Objection(
            "over",
            _("The term of the agreement is over: its last day was %(day)s.")
            % {"day": day(ask.detail.last_on)},
            _("Write a new offer."),
            field="through_on",
        )


def the_limits_are_allowed(ask: Ask[Agreement]) -> Iterable[Objection]:
    """No agreement allows more people in a visit than the rulebook does."""
    most = ask.rules.number("visit.people")
    if ask.detail.people_a_visit > most:
        yield Objection(
            "people",
            _("At most %(most)d people come in one visit.") % {"most": most},
            _("Write a smaller number."),
            field="people_a_visit",
        )


def another_side_answers(ask: Ask[Agreement]) -> Iterable[Objection]:
    """Whoever belongs to the offering side, in any of their roles, cannot answer for the other."""
    if ask.by is not None and ask.by.belongs_to(ask.detail.offered_by_id):
        yield Objection(
            "own_side",
            _("You belong to the side that wrote the offer, so somebody else must answer it."),
            _("Another person with the same role can do it."),
        )


def the_last_day_lies_ahead(ask: Ask[Agreement]) -> Iterable[Objection]:
    """From today to the end of the term."""
    last = ask.answer("last_on")
    if last is not None and not ask.on <= last <= ask.detail.last_on:
        yield Objection(
            "last_day",
            _("The last day must lie between today and the end of the term, %(day)s.")
            % {"day": day(ask.detail.last_on)},
            _("Choose another day."),
            field="last_on",
        )


OFFERING = (the_types_are_possible, the_term_is_not_over, the_limits_are_allowed)
SIGNING = (another_side_answers, *OFFERING)
