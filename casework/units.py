"""Units of the rulebook's numbers: how they are said, and how far a number may go."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Bounds:
    """The least and the most that makes sense in a unit."""

    least: int
    most: int


# A term is counted from one day on; a year of working days is the longest that anybody waits.
BOUNDS = {
    "wd": Bounds(1, 250),
    "cd": Bounds(1, 366),
    "days": Bounds(1, 1100),
    "months": Bounds(1, 120),
    "hours": Bounds(0, 720),
    "minutes": Bounds(0, 480),
    "people": Bounds(1, 100),
    "visits": Bounds(0, 200),
    "questions": Bounds(5, 60),
    "answers": Bounds(5, 1000),
    "tries": Bounds(1, 20),
    "percent": Bounds(0, 100),
    "files": Bounds(1, 500),
    "megabytes": Bounds(1, 100),
    "megapixels": Bounds(1, 200),
}
ANY = Bounds(0, 1000)


def bounds(unit: str) -> Bounds:
    """How far a number in this unit may go."""
    return BOUNDS.get(unit, ANY)


def amount(value: int, unit: str) -> str:
    """The number with its unit in words, in the reader's language."""
    words = {
        "wd": ngettext("%(count)d working day", "%(count)d working days", value),
        "cd": ngettext("%(count)d calendar day", "%(count)d calendar days", value),
        "days": ngettext("%(count)d day", "%(count)d days", value),
        "months": ngettext("%(count)d month", "%(count)d months", value),
        "hours": ngettext("%(count)d hour", "%(count)d hours", value),
        "minutes": ngettext("%(count)d minute", "%(count)d minutes", value),
        "people": ngettext("%(count)d person", "%(count)d people", value),
        "visits": ngettext("%(count)d visit", "%(count)d visits", value),
        "questions": ngettext("%(count)d question", "%(count)d questions", value),
        "answers": ngettext("%(count)d answer", "%(count)d answers", value),
        "tries": ngettext("%(count)d try", "%(count)d tries", value),
        "files": ngettext("%(count)d file", "%(count)d files", value),
        "megabytes": ngettext("%(count)d megabyte", "%(count)d megabytes", value),
        "megapixels": ngettext("%(count)d megapixel", "%(count)d megapixels", value),
        "percent": _("%(count)d per cent"),
    }
    return words.get(unit, "%(count)d") % {"count": value}
