"""What must hold before the catalogue changes."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.calendar import LAST_YEAR
from casework.process import Ask, Objection
from face.templatetags.face import day
from registry.catalogue import content
from registry.models import TypeChange
from registry.queries.types import changes_waiting, last_version, newest_procedure

W = TypeChange.What
TEXTS = [f"{name}_{one}" for name in content.TEXTS for one in content.LANGUAGES]


def it_begins_tomorrow_or_later(ask: Ask[TypeChange]) -> Iterable[Objection]:
    """Visits of today go by what held this morning."""
    if ask.detail.from_on <= ask.on:
        yield Objection(
            "past",
            _("A change of the catalogue begins tomorrow or later."),
            _("Choose a later day."),
            field="from_on",
        )
    elif ask.detail.from_on >= date(LAST_YEAR, 1, 1):
        yield Objection(
            "far",
            _("The calendar holds the years up to %(year)s.") % {"year": LAST_YEAR - 1},
            field="from_on",
        )


def it_follows_what_holds(ask: Ask[TypeChange]) -> Iterable[Objection]:
    """One version after the other: it takes the place of the last one, after that has begun."""
    change = ask.detail
    last = newest_procedure(change.type.code) if change.what == W.PROCEDURE else None
    if change.what == W.PROCEDURE and last is None:
        return
    during = (last or last_version(change.type_id, ask.rules.catalogue)).during
    if during.upper is not None and (change.what != W.VERSION or change.from_on < during.upper):
        yield Objection(
            "retired",
            _("The type is retired already, the first day without it: %(day)s.")
            % {"day": day(during.upper)},
            _("A new version can bring it back from that day on."),
            field="from_on",
        )
    elif change.from_on <= during.lower:
        yield Objection(
            "begins",
            _("The last version begins on %(day)s only.") % {"day": day(during.lower)},
            _("Choose a later day."),
            field="from_on",
        )


def no_other_change_waits(ask: Ask[TypeChange]) -> Iterable[Objection]:
    """Two proposals for one thing are decided one after the other."""
    others = changes_waiting().filter(type=ask.detail.type_id).exclude(pk=ask.detail.pk)
    procedure = ask.detail.what == W.PROCEDURE
    same = [one for one in others if (one.what == W.PROCEDURE) is procedure]
    if same:
        yield Objection(
            "waits",
            _("Another change of this type waits for its second person: %(ref)s.")
            % {"ref": same[0].case.ref},
            _("It is decided first."),
        )


def it_says_everything(ask: Ask[TypeChange]) -> Iterable[Objection]:
    """Both languages, and at least one kind of institution or one step."""
    change = ask.detail
    if change.what == W.VERSION:
        for name in TEXTS:
            if not str(change.content.get(name, "")).strip():
                yield Objection("missing", _("This must be said in both languages."), field=name)
        if not change.content.get("kinds"):
            yield Objection(
                "kinds",
                _("A type is allowed somewhere; otherwise retire it."),
                field="kinds",
            )
    elif change.what == W.PROCEDURE and not change.content.get("steps"):
        yield Objection("steps", _("A procedure has at least one step."))


def it_changes_something(ask: Ask[TypeChange]) -> Iterable[Objection]:
    """A new version differs from the last one."""
    change = ask.detail
    if change.what == W.RETIREMENT:
        return
    if change.what == W.VERSION:
        last = last_version(change.type_id, ask.rules.catalogue)
        before = content.of_type(last) if last.during.upper is None else {}
    else:
        procedure = newest_procedure(change.type.code)
        before = content.of_procedure(procedure) if procedure else {}
    if before == change.content:
        yield Objection("same", _("Nothing is different from the version that holds."))


CHANGING = (
    it_begins_tomorrow_or_later,
    it_follows_what_holds,
    no_other_change_waits,
    it_says_everything,
    it_changes_something,
)
