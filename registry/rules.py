"""What must hold before an application moves on."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from casework.models import Decision
from casework.process import Ask, Objection
from registry.models import Application, Ground, NgoChange, Standing, Suspension
from registry.numbers import is_inn, is_ogrn
from registry.queries.appeals import appealed
from registry.queries.applications import impossible, renewal, wanted_of, wanted_pairs
from registry.queries.bars import barring
from registry.queries.documents import missing

NO_DOCUMENT = _("A document is missing: %(document)s.")
NOT_IN_CATALOGUE = _("The catalogue does not allow this any more: %(pair)s.")
BOUNDS = ("exclusion.bar_least", "exclusion.bar_most")
APPEALED = Objection(
    "appealed",
    _("The NGO’s appeal against the refusal is not decided yet."),
    _("Wait for the decision, or withdraw the appeal."),
)


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


def the_documents_are_there(ask: Ask[Application]) -> Iterable[Objection]:
    """The charter, the policy on protecting children and the training programme (DOMAIN (a))."""
    for kind in missing(ask.detail):
        yield Objection(
            f"no_{kind.value}",
            NO_DOCUMENT % {"document": kind.label},
            _("Add it to the documents of the application."),
            field="documents",
        )


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


def no_bar_holds(ask: Ask[Application]) -> Iterable[Objection]:
    """Whoever was excluded comes in again when the bar has passed (DOMAIN (a): 1 to 3 years)."""
    if bar := barring(ask.detail.ngo_id, ask.on):
        yield Objection(
            "barred",
            _("The NGO was excluded from the register and may not apply yet."),
            clears_on=bar.until_on,
        )


def no_appeal_is_open(ask: Ask[Application]) -> Iterable[Objection]:
    """The same words are not judged twice at once: anew, and on appeal."""
    if appealed(ask.detail.ngo_id):
        yield APPEALED


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


def not_whoever_refused_it(ask: Ask[Application | NgoChange]) -> Iterable[Objection]:
    """After an appeal another registrar decides than the one who refused: other eyes."""
    appeal = ask.detail.appeal
    if appeal is None or ask.by is None:
        return
    refusals = Decision.objects.filter(case=appeal.against_id, settles=True)
    if refusals.filter(actor=ask.by.user.pk).exists():
        yield Objection(
            "refused_it",
            _("You refused it before the appeal, so another registrar decides."),
            _("The case stands in their queue."),
        )


def not_whoever_registered_it(ask: Ask[Application]) -> Iterable[Objection]:
    """Whoever entered the NGO into the register does not take it out."""
    if ask.by is None:
        return
    entered = Decision.objects.filter(case=ask.case, step="register", actor=ask.by.user.pk)
    if entered.exists():
        yield Objection(
            "registered_it",
            _("You entered this NGO into the register, so somebody else excludes it."),
            _("Another member of the commission can do it."),
        )


def the_bar_is_in_bounds(ask: Ask[Application]) -> Iterable[Objection]:
    """One to three years (DOMAIN (a)); a liquidated NGO is barred from nothing."""
    if not ask.attempted:
        return
    least, most = (ask.rules.number(code) for code in BOUNDS)
    months = ask.answer("months")
    if ask.answer("code") == Ground.LIQUIDATED:
        if months:
            text = _("Liquidation bars nobody: leave the months empty.")
            yield Objection("no_bar", text, field="months")
    elif months is None or not least <= months <= most:
        text = _("Say for how many months it may not apply: from %(least)d to %(most)d.")
        yield Objection("bounds", text % {"least": least, "most": most}, field="months")


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
