"""Questions about the knowledge test that are asked before it ends: none knows a right answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from casework.parameters import Rules, rules_on
from registry.models import Tier
from volunteers.models import Answer, Attempt, QuestionVersion
from volunteers.queries import more_time
from volunteers.testing.drawing import Item, places
from volunteers.testing.marking import needed
from volunteers.testing.tries import Standing, Try, standing
from volunteers.validity import last_day

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Shown:
    """One question as its page shows it, in the reader's language."""

    n: int
    text: str
    options: tuple[str, ...]
    multiple: bool
    mandatory: bool
    chosen: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """One question on the page where answers are checked."""

    n: int
    text: str
    answered: bool


@dataclass(frozen=True)
class Progress:
    """A try under way: `first` has no answer yet; `minutes` are rounded up."""

    total: int
    answered: int
    first: int
    minutes: int
    until: datetime

    @property
    def missing(self) -> int:
        """How many questions have no answer."""
        return self.total - self.answered


@dataclass(frozen=True)
class Terms:
    """The numbers a person is told before they start."""

    questions: int
    minutes: int
    pass_percent: int
    tries: int
    wait_days: int
    valid_months: int

    @property
    def needed(self) -> int:
        """How many right answers pass."""
        return needed(self.questions, self.pass_percent)


def terms(rules: Rules) -> Terms:
    """The terms of the test under these rules."""
    return Terms(**{name: rules.number(f"test.{name}") for name in Terms.__annotations__})


def bank(on: date) -> list[Item]:
    """The questions that may be asked on this day."""
    asked = QuestionVersion.objects.exclude(retired_on__lte=on).select_related("question")
    newest = asked.order_by("question_id", "-n").distinct("question_id")
    return [
        Item(
            version=version.pk,
            code=version.question.code,
            topic=version.question.topic,
            mandatory=version.question.mandatory,
            tiers=frozenset(version.tiers),
            options=len(version.options),
        )
        for version in newest
    ]


def met(person: User) -> Counter[str]:
    """How often this person has had each question, by its code."""
    papers = Attempt.objects.visible_to(person).values_list("paper", flat=True)
    times = Counter(place.version for paper in papers for place in places(paper))
    codes = QuestionVersion.objects.filter(pk__in=times).values_list("pk", "question__code")
    counted: Counter[str] = Counter()
    for version, code in codes:
        counted[code] += times[version]
    return counted


def under_way(person: User) -> Attempt | None:
    """The person's try that is not finished, or None."""
    return Attempt.objects.visible_to(person).under_way().first()


def finished(person: User) -> list[Attempt]:
    """The person's finished tries, oldest first."""
    return list(Attempt.objects.visible_to(person).finished().order_by("started_at"))


def latest(person: User) -> Attempt | None:
    """The person's last finished try, or None."""
    return Attempt.objects.visible_to(person).finished().order_by("-started_at").first()


def tries_left(tried: Sequence[Attempt], on: date, rules: Rules) -> Standing:
    """How many tries are left on this day after those finished, or when the next one opens."""
    return standing(
        [Try(timezone.localdate(one.finished_at), bool(one.passed)) for one in tried],
        on=on,
        tries=rules.number("test.tries"),
        wait_days=rules.number("test.wait_days"),
    )


def overview(person: User, at: datetime) -> dict[str, object]:
    """What the first page of the test says: the terms, what is left, what was tried."""
    on = timezone.localdate(at)
    rules, tried, attempt = rules_on(on), finished(person), under_way(person)
    return {
        "terms": replace(terms(rules), minutes=more_time.minutes(person, rules)),
        "standing": tries_left(tried, on, rules),
        "tried": [_told(one) for one in reversed(tried)],
        "progress": progress(attempt, at) if attempt else None,
        "counts": _pass_in_force(tried, on),
    }


def progress(attempt: Attempt, at: datetime) -> Progress:
    """How far a try is and how long it has."""
    total, chosen = len(attempt.paper), _chosen(attempt)
    return Progress(
        total=total,
        answered=len(chosen),
        first=next((n for n in range(1, total + 1) if n not in chosen), total),
        minutes=-int((at - attempt.deadline_at) // MINUTE),
        until=attempt.deadline_at,
    )


def rules_of(attempt: Attempt) -> Rules:
    """The rules of the day the try began: what the person was told then holds to its end."""
    return rules_on(timezone.localdate(attempt.started_at))


def passed_until(attempt: Attempt, rules: Rules | None = None) -> date | None:
    """The last day on which a pass counts; None for a try that was not passed.

    `rules` saves a query where the caller holds those of the try already.
    """
    if not attempt.passed:
        return None
    on = timezone.localdate(attempt.finished_at)
    months = (rules or rules_of(attempt)).number("test.valid_months")
    return last_day(on, months)


def shown(attempt: Attempt, n: int) -> Shown | None:
    """The n-th question of the paper, without its answer; None beyond the paper."""
    paper = places(attempt.paper)
    if not 1 <= n <= len(paper):
        return None
    version, order = paper[n - 1]
    asked = QuestionVersion.objects.select_related("question").get(pk=version)
    return Shown(
        n=n,
        text=asked.name,
        options=tuple(asked.options_spoken(order)),
        multiple=asked.multiple,
        mandatory=asked.question.mandatory,
        chosen=tuple(_chosen(attempt).get(n, ())),
    )


def outline(attempt: Attempt) -> list[Line]:
    """Every question of the paper and whether it has an answer."""
    paper, chosen = places(attempt.paper), _chosen(attempt)
    asked = QuestionVersion.objects.in_bulk([place.version for place in paper])
    return [
        Line(n, asked[place.version].name, n in chosen) for n, place in enumerate(paper, start=1)
    ]


def _chosen(attempt: Attempt) -> dict[int, list[int]]:
    answers = Answer.objects.filter(attempt=attempt).exclude(chosen=[])
    return dict(answers.values_list("n", "chosen"))


def _pass_in_force(tried: Sequence[Attempt], on: date) -> dict[str, object] | None:
    last = next((one for one in reversed(tried) if one.passed), None)
    until = passed_until(last) if last else None
    if last is None or until is None or until < on:
        return None
    return {"until": until, "tier": Tier(last.tier).label}


def _told(attempt: Attempt) -> dict[str, object]:
    return {
        "pk": attempt.pk,
        "on": timezone.localdate(attempt.finished_at),
        "tier": Tier(attempt.tier).label,
        "share": int(attempt.share or 0),
        "passed": attempt.passed,
    }
