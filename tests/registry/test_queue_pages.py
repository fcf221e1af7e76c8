"""The queue of applications: what is late stands first, and what is not yours says so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.hats import Acting
from registry.flows import RegistrationFlow
from tests.registry.applicants import applicant, browser
from tests.registry.world import words

pytestmark = pytest.mark.django_db


def test_the_queue_is_by_lateness_and_says_what_is_not_yours(one: Acting, two: Acting) -> None:
    now = timezone.now()
    late = applicant("Поздние", 1, now - timedelta(days=40))
    late.submit(now - timedelta(days=40), key="s1")
    RegistrationFlow.complete(late.application, by=one, at=now - timedelta(days=40), key="c1")
    fresh = applicant("Новые", 2, now)
    fresh.submit(now, key="s2")
    applicant("Черновик", 3, now)
    mine = browser(one).get("/registrations/")
    rows = [(row.case.asker.short_name, str(row.why_not)) for row in mine.context["rows"]]
    assert rows == [("Поздние", "Проверяли вы: решает другой регистратор."), ("Новые", "")]
    assert mine.context["late"] == 1
    assert [row.why_not for row in browser(two).get("/registrations/").context["rows"]] == ["", ""]


def test_the_queue_costs_the_same_however_long_it_is(one: Acting) -> None:
    client = browser(one)
    costs = []
    for numbers in (range(1, 3), range(3, 9)):
        for number in numbers:
            applicant(f"НКО {number}", number, timezone.now()).submit(
                timezone.now(), key=f"s{number}"
            )
        with CaptureQueriesContext(connection) as queries:
            words(client.get("/registrations/"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 8
