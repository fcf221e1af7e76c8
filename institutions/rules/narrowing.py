"""What must hold before an institution narrows a type: it may add, never loosen."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from institutions.models import NarrowedType
from registry.models import TypeVersion
from registry.queries.versions import versions_on


def it_begins_today_or_later(ask: Ask[NarrowedType]) -> Iterable[Objection]:
    """Visits that were held cannot be narrowed."""
    if ask.detail.from_on < ask.on:
        yield Objection(
            "past",
            _("Its first day is over."),
            _("Choose today or a later day."),
            field="from_on",
        )
    elif ask.detail.through_on and ask.detail.through_on < ask.detail.from_on:
        yield Objection("days", _("The last day cannot be before the first."), field="through_on")


def the_type_is_allowed_here(ask: Ask[NarrowedType]) -> Iterable[Objection]:
    """Only what the catalogue allows in this kind of institution can be narrowed."""
    if _version(ask, ask.detail.from_on) is None:
        yield Objection(
            "type",
            _("The catalogue does not allow this type here on that day."),
            _("There is nothing to narrow."),
            field="type",
        )


def it_demands_something(ask: Ask[NarrowedType]) -> Iterable[Objection]:
    """Conditions, a higher tier, or that the type is not taken."""
    one = ask.detail
    if not (one.excluded or one.tier_at_least or one.conditions.strip()):
        yield Objection(
            "nothing",
            _("Nothing is demanded yet."),
            _("Write a condition, choose a higher tier, or do not take the type."),
            field="conditions",
        )


def it_never_loosens(ask: Ask[NarrowedType]) -> Iterable[Objection]:
    """The tier of the house is higher than the one the catalogue asks for."""
    one, version = ask.detail, _version(ask, ask.detail.from_on)
    if version is not None and one.tier_at_least and one.tier_at_least <= version.tier:
        yield Objection(
            "loosens",
            _("The catalogue asks for %(tier)s already: an institution may ask for more, not less.")
            % {"tier": version.tier},
            _("Choose a higher tier, or leave it as the catalogue says."),
            field="tier_at_least",
        )


def _version(ask: Ask[NarrowedType], on: date) -> TypeVersion | None:
    kind = ask.detail.institution.kind_id
    known = versions_on(on, ask.rules.catalogue)
    fitting = (one for one in known if one.type_id == ask.detail.type_id)
    return next((one for one in fitting if kind in {k.pk for k in one.kinds.all()}), None)


NARROWING = (
    it_begins_today_or_later,
    the_type_is_allowed_here,
    it_demands_something,
    it_never_loosens,
)
