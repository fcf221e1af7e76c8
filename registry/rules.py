"""What must hold before an application moves on."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from registry.models import Application, Standing, Suspension
from registry.numbers import is_inn, is_ogrn
from registry.queries.applications import impossible, renewal, wanted_of, wanted_pairs

NOT_IN_CATALOGUE = _("The catalogue does not allow this any more: %(pair)s.")


def it_says_everything(ask: Ask[Application]) -> Iterable[Objection]:
    """The four blocks of an application: numbers, experience, protection, preparation."""
    organisation = ask.detail.ngo.organisation
    if not (is_ogrn(organisation.ogrn or "") and is_inn(organisation.inn)):
        yield Objection("numbers", _("The NGO’s OGRN or INN is missing or mistyped."), field="ogrn")
    blocks = (
        ("experience", _("Describe the NGO’s experience.")),
        ("safeguarding", _("Say how the NGO protects children.")),
        ("preparation", _("Say how volunteers are prepared.")),
    )
    for field, text in blocks:
        if not getattr(ask.detail, field).strip():
            yield Objection(field, text, field=field)
    if not wanted_of(ask.detail):
        yield Objection("types", _("Choose at least one type of interaction."), field="wanted")


def types_fit_kinds(ask: Ask[Application]) -> Iterable[Objection]:
    """Every type asked for is allowed in the kinds it is asked for, on that day."""
    for words in impossible(ask.detail, ask.on).values():
        yield Objection(
            "impossible",
            NOT_IN_CATALOGUE % {"pair": words},
            _("Take it out of the application."),
            field="wanted",
        )


def it_is_time(ask: Ask[Application]) -> Iterable[Objection]:
    """A registration that holds is renewed in its last days only (DOMAIN (a): 90 days)."""
    found = renewal(ask.detail.ngo_id, ask.on)
    if not found.is_open(ask.on):
        yield Objection(
            "registered",
            _("The NGO’s registration still holds; it is too early to renew it."),
            clears_on=found.opens_on,
        )


def it_stands_in_the_register(ask: Ask[Application]) -> Iterable[Objection]:
    """What is taken over is a registration that holds; an application is written and judged."""
    registration = ask.detail.registration
    if registration is None or registration.standing(ask.on) != Standing.IN_FORCE:
        yield Objection("not_there", _("No registration holds here that could be taken over."))


def defects_are_named_once(ask: Ask[Application]) -> Iterable[Objection]:
    """One coded list, once: a second one would be an endless game (DOMAIN (a))."""
    if ask.detail.returned_at is not None:
        yield Objection(
            "once",
            _("The defects were already named once; a second list is not allowed."),
            _("Take it into review, or refuse it there with reasons."),
        )


def another_registrar_decides(ask: Ask[Application]) -> Iterable[Objection]:
    """Whoever made the formal check does not decide: four eyes."""
    if ask.by is not None and ask.by.user.pk == ask.detail.checked_by_id:
        yield Objection(
            "four_eyes",
            _("You made the formal check, so another registrar decides."),
            _("The case stands in their queue."),
        )


def something_is_granted(ask: Ask[Application]) -> Iterable[Objection]:
    """What is granted was asked for: a part of it, or all, never more and never nothing."""
    if not ask.attempted:
        return
    granted = set(ask.answer("granted") or ())
    if not granted:
        yield Objection("granted", _("Choose what the NGO is registered for."), field="granted")
    if granted - {pair for pair, _words in wanted_pairs(ask.detail)}:
        yield Objection("more", _("The NGO did not ask for all of this."), field="granted")
    for pair, words in impossible(ask.detail, ask.on).items():
        if pair in granted:
            yield Objection("impossible", NOT_IN_CATALOGUE % {"pair": words}, field="granted")


def it_has_not_passed(ask: Ask[Suspension]) -> Iterable[Objection]:
    """A suspension begins on the day of the decision or later: nobody is told afterwards."""
    if ask.detail.from_on < ask.on:
        yield Objection(
            "passed",
            _("The first day of the suspension has passed."),
            _("Write a new suspension from today on."),
        )
