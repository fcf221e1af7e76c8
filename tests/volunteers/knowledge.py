"""Taking the knowledge test in tests: who takes it, answers right or wrong, pages read."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from face.typography import NO_BREAK
from volunteers.models import Attempt, QuestionVersion
from volunteers.services import test as services
from volunteers.testing.drawing import places

NOON = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def person(name: str = "anna") -> User:
    return User.objects.create_user(f"{name}@example.org", given_name=name.title())


def right_places(attempt: Attempt, n: int) -> list[int]:
    place = places(attempt.paper)[n - 1]
    key = QuestionVersion.objects.get(pk=place.version).key
    return [at for at, option in enumerate(place.order) if key[option]]


def wrong_places(attempt: Attempt, n: int) -> list[int]:
    count = len(places(attempt.paper)[n - 1].order)
    return [at for at in range(count) if at not in right_places(attempt, n)][:1]


def numbers(attempt: Attempt, *, mandatory: bool) -> list[int]:
    """The places of the mandatory questions, or of the others."""
    known = dict(QuestionVersion.objects.values_list("pk", "question__mandatory"))
    paper = enumerate(places(attempt.paper), start=1)
    return [n for n, place in paper if known[place.version] is mandatory]


def answer_all(attempt: Attempt, at: datetime, wrong: Collection[int] = ()) -> None:
    for n in range(1, len(attempt.paper) + 1):
        chosen = wrong_places(attempt, n) if n in wrong else right_places(attempt, n)
        assert services.answer(attempt, n, chosen, at)


def take(who: User, at: datetime, *, passing: bool = True, tier: str = "V2") -> Attempt:
    """A whole try of a quarter of an hour; failing means no answer at all."""
    attempt = services.start(who, tier, at)
    if passing:
        answer_all(attempt, at)
    return services.finish(attempt, at + 15 * MINUTE)


def text(answer: HttpResponse) -> str:
    return answer.content.decode().replace(NO_BREAK, " ")


def page(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, (address, answer.status_code)
    return text(answer)


def heading(html: str) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def versions(attempt: Attempt) -> list[QuestionVersion]:
    known = QuestionVersion.objects.in_bulk()
    return [known[place.version] for place in places(attempt.paper)]
