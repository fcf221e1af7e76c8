"""What must hold before a proposal is sent, refused or reviewed."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from face.templatetags.face import day
from institutions.models import FounderReview, Proposal, ProposalState
from institutions.queries import proposals
from institutions.queries.types import fitting, outside
from registry.queries import approved_types

BLOCKS = (
    ("programme", _("Describe what will be done.")),
    ("preparation", _("Say how the volunteers are prepared.")),
    ("experience", _("Describe the NGO’s experience.")),
)


def it_says_everything(ask: Ask[Proposal]) -> Iterable[Objection]:
    """The contents that decree 1425 asks for."""
    for field, text in BLOCKS:
        if not getattr(ask.detail, field).strip():
            yield Objection(field, text, field=field)
    if not ask.detail.groups:
        yield Objection("groups", _("Say for whom it is meant."), field="groups")


def types_are_received(ask: Ask[Proposal]) -> Iterable[Objection]:
    """At least one type, each fitting institutions of this kind; the register is asked later."""
    fit = {one.type_id for one in fitting(ask.detail.institution, ask.on, ask.rules.catalogue)}
    proposed = list(ask.detail.types.all())
    if not proposed:
        yield Objection("types", _("Choose at least one type of interaction."), field="types")
    for one in proposed:
        if one.pk not in fit:
            yield Objection(
                "type",
                _("%(type)s is not meant for institutions of this kind.") % {"type": one.code},
                _("Take it out of the proposal."),
                field="types",
            )


def the_days_lie_ahead(ask: Ask[Proposal]) -> Iterable[Objection]:
    """Nobody proposes days that have passed."""
    if ask.detail.last_on < ask.on:
        yield Objection(
            "over",
            _("The last day proposed has passed: %(day)s.") % {"day": day(ask.detail.last_on)},
            _("Choose later days."),
            field="through_on",
        )


def _r3(ask: Ask[Proposal]) -> Iterable[Objection]:
    proposed = ask.detail.types.values_list("pk", flat=True)
    first = max(ask.on, ask.detail.during.lower)
    if not outside(ask.detail.institution, proposed, first, ask.rules.catalogue):
        yield Objection(
            "R3",
            _("Neither the catalogue nor the house excludes any type proposed."),
            _("Exclude in the conditions of the house what it does not do, or choose another."),
            field="code",
        )


def _r4(ask: Ask[Proposal]) -> Iterable[Objection]:
    house = ask.detail.institution
    approved = approved_types(ask.detail.ngo_id, ask.on, institution_id=house.pk)
    codes = ask.detail.types.values_list("code", flat=True)
    if all(house.kind.code in approved.get(code, ()) for code in codes):
        yield Objection(
            "R4",
            _("The register allows the NGO every type it proposes."),
            _("Choose the ground that holds."),
            field="code",
        )


def _r6(ask: Ask[Proposal]) -> Iterable[Objection]:
    days = ask.rules.number("proposal.capacity")
    found = proposals.room(ask.detail.institution_id, ask.at, days)
    if not found.is_full:
        yield Objection(
            "R6",
            _(
                "The calendar does not bear it out: %(free)d of %(places)d places are free in the "
                "next %(days)d days."
            )
            % {"free": found.free, "places": found.places, "days": days},
            _("Accept with a smaller number of visits, or choose the ground that holds."),
            field="code",
        )


def _r7(ask: Ask[Proposal]) -> Iterable[Objection]:
    if not proposals.orders(ask.detail.institution_id, ask.on).exists():
        yield Objection(
            "R7",
            _("No order that closes the institution is in force."),
            _("Accept with a later first day, or choose the ground that holds."),
            field="code",
        )


def _r1(ask: Ask[Proposal]) -> Iterable[Objection]:
    if not ask.detail.asked:
        yield Objection(
            "R1",
            _("What is missing was not asked for."),
            _("Ask for it first: the term gets longer by it."),
            field="code",
        )
    elif ask.case.state == ProposalState.ASKED:
        yield Objection(
            "R1",
            _("What is missing may still come: the NGO has time to give it."),
            _("Wait for it, or choose the ground that holds."),
            field="code",
        )


def _r8(ask: Ask[Proposal]) -> Iterable[Objection]:
    if not str(ask.answer("assessment") or "").strip():
        yield Objection(
            "R8",
            _("This ground needs a named assessment with its day."),
            _("Write whose it is and when it was made."),
            field="assessment",
        )


BORNE_OUT: dict[str, Callable[[Ask[Proposal]], Iterable[Objection]]] = {
    "R1": _r1,
    "R3": _r3,
    "R4": _r4,
    "R6": _r6,
    "R7": _r7,
    "R8": _r8,
}


def the_ground_is_borne_out(ask: Ask[Proposal]) -> Iterable[Objection]:
    """What the product can see for itself must bear the ground out (DOMAIN (b))."""
    judge = BORNE_OUT.get(str(ask.answer("code") or ""))
    if judge is not None:
        yield from judge(ask)


def the_ngo_is_still_not_registered(ask: Ask[Proposal]) -> Iterable[Objection]:
    """Whoever was registered meanwhile does not lose the acceptance."""
    if proposals.is_registered(ask.detail.ngo_id, ask.on):
        yield Objection("registered", _("The NGO is registered now."))


def the_reviewer_is_of_no_side(ask: Ask[FounderReview]) -> Iterable[Objection]:
    """Whoever belongs to the institution, in any of their roles, does not review its refusal."""
    proposal: Any = ask.detail.proposal
    if ask.by is not None and ask.by.belongs_to(proposal.institution_id):
        yield Objection(
            "own_side",
            _("You belong to the institution that refused, so somebody else must decide."),
            _("Another member of the commission can do it."),
        )
