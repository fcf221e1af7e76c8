"""What must hold before an agreement is offered, signed or ended."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from face.templatetags.face import day
from institutions.models import Agreement, ProposalState
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


def other_terms_are_named(ask: Ask[Agreement]) -> Iterable[Objection]:
    """A counter-offer says what it offers."""
    if ask.attempted and not ask.answer("types"):
        yield Objection("types", _("No type of interaction is chosen."), field="types")


def the_other_term_lies_ahead(ask: Ask[Agreement]) -> Iterable[Objection]:
    """Nobody offers days that have passed instead."""
    last = ask.answer("through_on")
    if last is not None and last < ask.on:
        yield Objection(
            "over",
            _("The last day proposed has passed: %(day)s.") % {"day": day(last)},
            _("Choose later days."),
            field="through_on",
        )


def its_proposal_waits_for_it(ask: Ask[Agreement]) -> Iterable[Objection]:
    """What follows from a proposal follows while it is accepted."""
    proposal = ask.detail.proposal
    if proposal is None:
        return
    state = proposal.case.state
    if state != ProposalState.ACCEPTED:
        yield Objection(
            "proposal",
            _("The proposal %(ref)s no longer waits for an agreement: %(state)s.")
            % {"ref": proposal.case.ref, "state": ProposalState(state).label},
            _("Its page says what happened."),
        )


def nothing_else_follows_from_it(ask: Ask[Agreement]) -> Iterable[Objection]:
    """One agreement at a time follows from a proposal."""
    proposal = ask.detail.proposal
    if proposal is None:
        return
    others = proposal.agreements.filter(case__closed_at=None).exclude(pk=ask.detail.pk)
    for other in others.select_related("case"):
        yield Objection(
            "another",
            _("Another agreement from the same proposal is open: %(ref)s.")
            % {"ref": other.case.ref},
            _("Answer that one first."),
        )


def the_pause_lies_ahead(ask: Ask[Agreement]) -> Iterable[Objection]:
    """From today to the end of the term."""
    through = ask.answer("through_on")
    if through is not None and not ask.on <= through <= ask.detail.last_on:
        yield Objection(
            "through_on",
            _("The last day must lie between today and the end of the term, %(day)s.")
            % {"day": day(ask.detail.last_on)},
            _("Choose another day."),
            field="through_on",
        )


def the_other_side_is_warned(ask: Ask[Agreement]) -> Iterable[Objection]:
    """Whoever ends it early says so in time, unless people are in danger."""
    last, first = ask.answer("last_on"), ask.on + timedelta(ask.rules.number("agreement.notice"))
    if last is None or ask.answer("safety"):
        return
    if ask.on <= last < min(first, ask.detail.last_on):
        yield Objection(
            "notice",
            _("The other side is warned in time: the earliest last day is %(day)s.")
            % {"day": day(first)},
            _("Choose a later day, or say that it is for the safety of people."),
            field="last_on",
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


OFFERING = (
    the_types_are_possible,
    the_term_is_not_over,
    the_limits_are_allowed,
    its_proposal_waits_for_it,
)
WRITING = (*OFFERING, nothing_else_follows_from_it)
COUNTERING = (another_side_answers, other_terms_are_named, the_other_term_lies_ahead)
SIGNING = (another_side_answers, *OFFERING)
