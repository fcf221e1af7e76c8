"""What a finished try shows its author: the result, the topics, and why an answer was wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from casework.parameters import rules_on
from registry.models import Tier
from volunteers.models import Attempt, QuestionVersion, Topic
from volunteers.queries import test as queries
from volunteers.testing.drawing import Place, places
from volunteers.testing.marking import is_right, needed


@dataclass(frozen=True)
class Reviewed:
    """One question answered wrongly: what was chosen, what is right, and why."""

    n: int
    text: str
    mandatory: bool
    chosen: list[str]
    right: list[str]
    explanation: str


@dataclass
class TopicResult:
    """How one topic went; `wrong` is to be learnt, mandatory questions first."""

    label: str
    asked: int = 0
    right: int = 0
    wrong: list[Reviewed] = field(default_factory=list)

    @property
    def first_in_line(self) -> bool:
        """Whether a mandatory question was failed here."""
        return any(one.mandatory for one in self.wrong)


def result(person: User, pk: int, at: datetime) -> dict[str, object] | None:
    """The result of the person's own finished try; None for anybody else's.

    While another try is under way nothing that was right is shown.
    """
    attempt = Attempt.objects.visible_to(person).finished().filter(pk=pk).first()
    if attempt is None:
        return None
    on = timezone.localdate(at)
    rules = queries.rules_of(attempt)
    topics = topic_results(attempt)
    return {
        "attempt": attempt,
        "tier": Tier(attempt.tier).label,
        "total": len(attempt.paper),
        "needed": needed(len(attempt.paper), rules.number("test.pass_percent")),
        "out_of_time": attempt.finished_at == attempt.deadline_at,
        "until": queries.passed_until(attempt, rules),
        "to_learn": [topic for topic in topics if topic.wrong],
        "known": [topic for topic in topics if not topic.wrong],
        "under_way": queries.under_way(person),
        "standing": queries.tries_left(queries.finished(person), on, rules_on(on)),
    }


def topic_results(attempt: Attempt) -> list[TopicResult]:
    """Every topic of the paper; first those where a mandatory question was failed."""
    paper = places(attempt.paper)
    chosen = dict(attempt.answers.values_list("n", "chosen"))
    asked = QuestionVersion.objects.select_related("question").in_bulk(
        [place.version for place in paper]
    )
    topics: dict[str, TopicResult] = {}
    for n, place in enumerate(paper, start=1):
        version = asked[place.version]
        topic = version.question.topic
        tally = topics.setdefault(topic, TopicResult(str(Topic(topic).label)))
        tally.asked += 1
        if is_right(version.key, place.order, chosen.get(n, ())):
            tally.right += 1
        else:
            tally.wrong.append(_reviewed(n, version, place, chosen.get(n, ())))
    for tally in topics.values():
        tally.wrong.sort(key=lambda one: not one.mandatory)
    return sorted(topics.values(), key=lambda tally: not tally.first_in_line)


def _reviewed(n: int, version: QuestionVersion, place: Place, chosen: Iterable[int]) -> Reviewed:
    right = [option for option in place.order if version.key[option]]
    return Reviewed(
        n=n,
        text=version.name,
        mandatory=version.question.mandatory,
        chosen=version.options_spoken([place.order[at] for at in chosen]),
        right=version.options_spoken(right),
        explanation=version.spoken("explanation"),
    )
