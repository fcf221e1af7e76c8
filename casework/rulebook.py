"""The rulebook as a page shows it: what holds on a day, since when, what was and what will be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.models import Parameter, Rulebook, RuleChange, Term
from casework.process import Text
from casework.units import amount

DAY = timedelta(days=1)
GROUPS: dict[str, Text] = {
    "proposal": _("Proposals of cooperation"),
    "agreement": _("Agreements"),
    "registration": _("Registration of NGOs"),
    "appeal": _("Appeals and reviews"),
    "visit": _("Visits"),
    "door": _("The institution’s door"),
    "vetting": _("Clearance of volunteers"),
    "test": _("Knowledge test"),
    "retention": _("What is kept about people, and how long"),
    "house": _("How we work"),
}
# Codes whose first word is not the name of their group; what is named nowhere is how we work.
WHERE = {
    "appeals": "appeal",
    "founder": "appeal",
    "review": "appeal",
    "hours": "visit",
    "closure": "door",
    "data_request": "retention",
    "slots": "door",
}
SOURCES: dict[str, Text] = {
    "law": _("set by law"),
    "city": _("set by the city"),
    "house": _("house rule"),
}


@dataclass(frozen=True)
class Row:
    """One rule on one day: its value then, what was before and what comes after."""

    now: Parameter
    before: list[Parameter]
    after: list[Parameter]

    @property
    def slug(self) -> str:
        """Its code as an address says it."""
        return slug(self.now.code)

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return name_of(self.now)

    @property
    def source(self) -> Text:
        """Who has set it."""
        return SOURCES[self.now.source]


@dataclass
class Group:
    """Rules of one part of the work."""

    key: str
    title: Text
    rows: list[Row] = field(default_factory=list)


def slug(code: str) -> str:
    """A code as an address says it."""
    return code.replace(".", "-")


def name_of(parameter: Parameter) -> str:
    """What the number is, in the reader's language."""
    russian = (get_language() or "").startswith("ru")
    return parameter.name_ru if russian else parameter.name_en


def through(parameter: Parameter) -> date | None:
    """The last day of a value; None where no end is set."""
    upper: date | None = parameter.during.upper
    return upper - DAY if upper else None


def groups(on: date) -> list[Group]:
    """Every rule that holds on this day, by group: one query."""
    found = {key: Group(key, title) for key, title in GROUPS.items()}
    for values in _by_code().values():
        if row := _row(values, on):
            found[_group(row.now.code)].rows.append(row)
    return [group for group in found.values() if group.rows]


def edition_on(on: date) -> Rulebook | None:
    """The edition in force on this day."""
    return Rulebook.objects.filter(from_on__lte=on).order_by("-from_on").first()


def rule(address: str, on: date) -> Row | None:
    """One rule by its code as an address says it."""
    for code, values in _by_code().items():
        if slug(code) == address:
            return _row(values, on)
    return None


def waiting() -> QuerySet[RuleChange, Any]:
    """Changes that wait for a second person."""
    found = RuleChange.objects.filter(case__state="proposed")
    return found.select_related("case", "replaces", "proposed_by").order_by("from_on", "pk")


def running_under(parameter: Parameter) -> int:
    """How many running terms began under this value: they keep it."""
    return Term.objects.filter(rule=parameter.code, stopped_at__isnull=True).count()


def in_words(parameter: Parameter) -> str:
    """Its value with the unit."""
    return amount(parameter.value, parameter.unit)


def _by_code() -> dict[str, list[Parameter]]:
    found: dict[str, list[Parameter]] = {}
    for one in Parameter.objects.order_by("pk"):
        found.setdefault(one.code, []).append(one)
    return found


def _row(values: Iterable[Parameter], on: date) -> Row | None:
    ordered = sorted(values, key=lambda one: one.during.lower)
    now = next((one for one in ordered if on in one.during), None)
    if now is None:
        return None
    before = [one for one in ordered if one.during.lower < now.during.lower]
    return Row(now, before[::-1], [one for one in ordered if one.during.lower > on])


def _group(code: str) -> str:
    first = code.partition(".")[0]
    key = WHERE.get(first, first)
    return key if key in GROUPS else "house"
