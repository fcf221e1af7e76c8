"""How the questions of a page were answered in finished tries: one query, whatever the page."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.aggregates import Corr
from django.db.models import Avg, Count, IntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from casework.parameters import Rules
from casework.process import Text
from volunteers.models import Marked
from volunteers.testing.judging import Fault, Figures, Limits, fault

ANY = "any"
HUNDRED = 100
WORDS: dict[Fault, Text] = {
    Fault.EASY: _("too easy"),
    Fault.HARD: _("too hard"),
    Fault.FLAT: _("does not tell apart"),
}
NONE = Figures(0, 0, None)


@dataclass(frozen=True)
class Judged:
    """The figures of a version as a page says them; `missing` answers until it is judged."""

    answers: int
    percent: int
    link: float | None
    missing: int
    fault: Text


def figures(versions: Collection[int] | None = None) -> dict[int, Figures]:
    """By version, of these or of all: what is known of those that were answered."""
    right = Cast("right", IntegerField())
    rows = Marked.objects.all() if versions is None else Marked.objects.filter(version__in=versions)
    counted = rows.values("version").annotate(
        answers=Count("pk"), share=Avg(right), link=Corr(right, "rest")
    )
    return {
        row["version"]: Figures(row["answers"], float(row["share"]), row["link"])
        for row in counted.values("version", "answers", "share", "link")
    }


def judged(versions: Collection[int], rules: Rules) -> dict[int, Judged]:
    """By version, every one of them: its figures and what they say against it."""
    known, limits = figures(versions), limits_of(rules)
    return {pk: _judged(known.get(pk, NONE), limits) for pk in versions}


def conspicuous(rules: Rules, wanted: str) -> list[int]:
    """The versions whose figures speak against them, in this way or in any."""
    limits = limits_of(rules)
    found = {pk: fault(seen, limits) for pk, seen in figures().items()}
    return [pk for pk, one in found.items() if one and wanted in (one, ANY)]


def limits_of(rules: Rules) -> Limits:
    """What the rules call conspicuous."""
    return Limits(
        answers=rules.number("bank.answers"),
        easy=rules.number("bank.easy") / HUNDRED,
        hard=rules.number("bank.hard") / HUNDRED,
        tells_apart=rules.number("bank.tells_apart") / HUNDRED,
    )


def _judged(seen: Figures, limits: Limits) -> Judged:
    found = fault(seen, limits)
    return Judged(
        answers=seen.answers,
        percent=round(seen.share * HUNDRED),
        link=seen.link,
        missing=max(0, limits.answers - seen.answers),
        fault=WORDS[found] if found else "",
    )
