"""A request for information in the review: once, the review gets longer, silence goes on."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.hats import Acting
from casework.models import Decision, Term
from casework.process import Refused
from casework.sweep import sweep
from registry.flows import RegistrationFlow as Flow
from tests.registry.applicants import NOW, Applicant, browser, codes, in_review, key, kinds
from tests.registry.world import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(ngo: Applicant, by: Acting, key: str = "ask") -> None:
    Flow.ask(ngo.application, by=by, at=NOW, key=key, reason="Кто ведёт курс?")


def supply(ngo: Applicant) -> None:
    Flow.supply(ngo.application, by=ngo.head, at=NOW + DAY, key="sup", reason="Психолог")


def running(ngo: Applicant) -> dict[str, int | None]:
    terms = Term.objects.filter(case=ngo.application.case, stopped_at=None)
    return dict(terms.values_list("name", "days"))


def test_a_request_makes_the_review_longer_and_both_clocks_run(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    in_review(ngo, one)
    before = Term.objects.get(name="review").due_at
    asked(ngo, two)
    assert (ngo.state(), kinds()[-1]) == ("asked", "registration_ask")
    assert running(ngo) == {"review": 20, "supply": 10}
    assert Term.objects.get(name="review").due_at > before
    supply(ngo)
    assert (ngo.state(), kinds()[-1]) == ("review", "registration_supply")
    assert running(ngo) == {"review": 20}
    kept = Decision.objects.filter(step__in=("ask", "supply")).order_by("at")
    assert [one.reason for one in kept] == ["Кто ведёт курс?", "Психолог"]


def test_information_is_requested_once(ngo: Applicant, one: Acting, two: Acting) -> None:
    in_review(ngo, one)
    asked(ngo, two)
    supply(ngo)
    with pytest.raises(Refused) as refused:
        asked(ngo, two, "again")
    assert codes(refused) == ["extended"]
    assert running(ngo) == {"review": 20}


def test_silence_of_the_ngo_lets_the_review_go_on(ngo: Applicant, one: Acting, two: Acting) -> None:
    early = NOW - 40 * DAY
    ngo.submit(early)
    Flow.complete(ngo.application, by=one, at=early, key="c")
    Flow.ask(ngo.application, by=two, at=early, key="ask", reason="Кто ведёт курс?")
    due = Term.objects.get(name="supply").due_at
    assert [sweep(due), sweep(due)] == [1, 0]
    assert (ngo.state(), "registration_go_on" in kinds()) == ("review", True)
    assert running(ngo) == {"review": 20}


def test_silence_of_the_department_is_told_once_also_while_information_is_requested(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    early = NOW - 60 * DAY
    ngo.submit(early)
    Flow.complete(ngo.application, by=one, at=early, key="c")
    Flow.ask(ngo.application, by=two, at=early, key="ask", reason="Кто ведёт курс?")
    assert sweep(NOW) == 2
    assert [sweep(NOW), sweep(NOW)] == [0, 0]
    assert Decision.objects.filter(step="escalate_review").count() == 1


def test_nothing_is_decided_while_the_ngo_answers_but_it_may_withdraw(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    in_review(ngo, one)
    asked(ngo, two)
    granted = [key("T01", "C")]
    with pytest.raises(Refused) as refused:
        Flow.register(ngo.application, by=two, at=NOW, key="d", granted=granted)
    assert codes(refused) == ["changed"]
    Flow.withdraw(ngo.application, by=ngo.head, at=NOW, key="w")
    assert ngo.state() == "withdrawn"


def test_the_head_reads_the_question_and_the_queue_waits_for_the_answer(
    ngo: Applicant, one: Acting, two: Acting, time_machine: Any
) -> None:
    in_review(ngo, one)
    asked(ngo, two)
    time_machine.move_to(NOW, tick=False)
    page = words(browser(ngo.head).get("/application/"))
    assert "Кто ведёт курс?" in page
    assert f"/cases/{ngo.application.case.ref}/supply/" in page
    rows = browser(two).get("/registrations/").context["rows"]
    assert [str(row.why_not) for row in rows] == ["Отвечает НКО."]
