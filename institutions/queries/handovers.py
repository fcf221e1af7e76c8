"""What a pack says, and how far its director has come with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.models import Term
from casework.process import Flow, Text
from casework.queries import Running, as_running
from face.templatetags.face import DOORS, day, moment
from institutions.models import (
    AgreementState,
    Answer,
    Handover,
    HandoverItem,
    HandoverState,
    ItemKind,
)
from institutions.queries.types import names

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Said:
    """An item in the reader's language: its name, what it says, and where it can be altered.

    `meanwhile` is what has become of its case since.
    """

    item: HandoverItem
    name: str
    lines: list[str]
    where: str
    step: str
    meanwhile: Text


@dataclass(frozen=True)
class Section:
    """The items of one kind; `open` are the keys of those without an answer."""

    kind: ItemKind
    items: list[Said]

    @property
    def open(self) -> list[int]:
        """Those without an answer."""
        return [one.item.pk for one in self.items if one.item.answer == Answer.PENDING]


@dataclass(frozen=True)
class Pack:
    """A handover as its page shows it."""

    handover: Handover
    sections: list[Section]
    answered: int
    count: int
    term: Running | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return bool(self.handover.case.state == HandoverState.OPEN)


def of(institution: int) -> QuerySet[Handover, Any]:
    """The handovers there, the newest first."""
    found = Handover.objects.filter(institution=institution).exclude(
        case__state=HandoverState.DRAFT
    )
    people = ("from_person", "to_person")
    return found.select_related("case__owner", *people).order_by("-pk")


def pack(handover: Handover, at: datetime) -> Pack:
    """What its page shows: three queries."""
    items = list(handover.items.select_related("case", "answered_by"))
    types = names(handover.started_on) if any("types" in one.facts for one in items) else {}
    said = [_said(one, types) for one in items]
    by_kind = {kind: [one for one in said if one.item.kind == kind] for kind in ItemKind}
    sections = [Section(kind, found) for kind, found in by_kind.items() if found]
    running = Term.objects.filter(case=handover.case, stopped_at__isnull=True).first()
    if running is not None:
        running.case = handover.case
    answered = sum(one.answer != Answer.PENDING for one in items)
    term = as_running(running, at) if running else None
    return Pack(handover, sections, answered, len(items), term)


def progress(handover: Handover) -> tuple[int, int]:
    """How many items have an answer, and how many there are."""
    told = handover.items.aggregate(
        answered=Count("pk", filter=~Q(answer=Answer.PENDING)), count=Count("pk")
    )
    return told["answered"], told["count"]


def open_items(handover: Handover, _acting: Acting | None) -> Iterable[tuple[int, Text]]:
    """The items without an answer, as a form offers them."""
    found = list(handover.items.filter(answer=Answer.PENDING).select_related("case"))
    types = names(handover.started_on) if found else {}
    return [(one.pk, _said(one, types).name) for one in found]


def _said(item: HandoverItem, types: dict[str, str]) -> Said:
    words = {
        ItemKind.CASE: _case,
        ItemKind.CLOCK: _clock,
        ItemKind.AGREEMENT: _agreement,
        ItemKind.MODE: _mode,
        ItemKind.PROMISE: _promise,
    }
    name, lines = words[ItemKind(item.kind)](item.facts, types)
    closed = item.case is not None and item.case.closed_at is not None
    return Said(item, name, lines, _where(item), _step(item), _stage(item) if closed else "")


def _agreement(facts: dict[str, Any], types: dict[str, str]) -> tuple[str, list[str]]:
    limits = _("%(visits)d visits a week, %(people)d people in a visit at most") % facts
    return facts["ngo"], [
        "; ".join(types.get(code, code) for code in facts["types"]),
        _period(facts["from_on"], facts["through_on"]),
        str(limits),
    ]


def _mode(facts: dict[str, Any], _types: dict[str, str]) -> tuple[str, list[str]]:
    name = f"{facts['site']}: {str(DOORS[facts['level']]).lower()}"
    lines = [_period(facts["from_on"], facts["through_on"])]
    if facts["act_number"]:
        lines.append(str(_("Order No. %(act_number)s") % facts))
    return name, lines


def _promise(facts: dict[str, Any], _types: dict[str, str]) -> tuple[str, list[str]]:
    if facts["what"] == "consent":
        said = _("Who is known and cleared is booked at once, without an answer.")
        with_them = _("With the visitors then: %(supervisor)s") % facts
        lines = [str(said), str(with_them)] if facts["supervisor"] else [str(said)]
        return str(_("Standing consent: %(to)s") % facts), lines
    if facts["what"] == "conditions":
        return str(_("Conditions of visits: %(to)s") % facts), [facts["words"]]
    return str(_("Agreed with %(to)s") % facts), [facts["words"]]


def _case(facts: dict[str, Any], _types: dict[str, str]) -> tuple[str, list[str]]:
    flow, language = Flow.by_kind[facts["kind"]], get_language() or ""
    heading = facts["heading_ru"] if language.startswith("ru") else facts["heading_en"]
    due = [f"{_label(flow, one['name'])}: {_due(one['due_at'])}" for one in facts["terms"]]
    return f"{flow.title}: {heading}", due or [str(_("without a term"))]


def _clock(facts: dict[str, Any], _types: dict[str, str]) -> tuple[str, list[str]]:
    flow = Flow.by_kind[facts["kind"]]
    nearest = _("the nearest: %(due)s") % {"due": _due(facts["due_at"])}
    return f"{flow.title}: {str(_label(flow, facts['name'])).lower()}", [
        str(_("Running terms: %(count)d") % facts),
        str(nearest),
    ]


def _label(flow: type[Flow[Any]], name: str) -> Text:
    clocks = (clock for stage in flow.stages.values() for clock in stage.clocks)
    return next((clock.label for clock in clocks if clock.name == name), name)


def _due(at: str) -> str:
    """The last day of a term that ends with a day; its moment otherwise."""
    due = timezone.localtime(datetime.fromisoformat(at))
    return day((due - INSTANT).date()) if due.time() == time.min else moment(due)


def _period(first: str, last: str) -> str:
    from_on, through_on = parse_date(first), parse_date(last) if last else None
    assert from_on is not None  # noqa: S101  (written by us as a day)
    if through_on is None:
        return str(_("From %(first)s, no end set") % {"first": day(from_on)})
    return str(_("%(first)s through %(last)s") % {"first": day(from_on), "last": day(through_on)})


def _stage(item: HandoverItem) -> Text:
    assert item.case is not None  # noqa: S101  (only of items with a case)
    stage = Flow.by_kind[item.case.kind].stages.get(item.case.state)
    return stage.label if stage else ""


def _where(item: HandoverItem) -> str:
    return item.case.get_absolute_url() if item.case else ""


def _step(item: HandoverItem) -> str:
    """Where what is to be altered is altered: the item's own step."""
    if item.case is None:
        return ""
    if item.case.kind == "agreement" and item.case.state == AgreementState.ACTIVE:
        return reverse("step", args=[item.case.ref, "end"])
    return reverse("door") if item.case.kind == "guest_mode" else item.case.get_absolute_url()
