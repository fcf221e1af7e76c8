"""What the commission has before it: one list by its last day, and its number in the menu."""

from types import SimpleNamespace

import pytest
import time_machine

from accounts.roles import Role
from casework.models import Case
from institutions.flows import FounderReviewFlow, ProposalFlow
from institutions.models import FounderReview
from oversight.queries.reviews import waiting
from registry.flows import RegistrationFlow
from tests import factories
from tests.institutions import proposing
from tests.institutions.doing import NOON, days
from tests.institutions.paging import asked, signed_in, text
from tests.registry.appeals import filed
from tests.registry.applicants import Applicant, applicant

pytestmark = pytest.mark.django_db
REFUSAL = {"code": "R5", "reason": "Мало часов", "assessment": ""}


@pytest.fixture
def cast() -> SimpleNamespace:
    """A house and an NGO, the Department with its commission."""
    house, ngo, department = factories.institution(), factories.ngo(), factories.department()
    people = {
        Role.DIRECTOR: house.organisation,
        Role.HEAD: ngo.organisation,
        Role.COORDINATOR: ngo.organisation,
        Role.COMMISSIONER: department,
        Role.CHIEF: department,
        Role.REGISTRAR: department,
    }
    made = SimpleNamespace(house=house, ngo=ngo)
    for role, organisation in people.items():
        setattr(made, role, factories.member(organisation, role))
    return made


def reviewed(cast: SimpleNamespace) -> Case:
    """A refusal that was put to the founder."""
    proposal = proposing.send(cast)
    proposing.take(ProposalFlow.refuse, proposal, cast, "director", NOON, **REFUSAL)
    proposing.take(ProposalFlow.ask_founder, proposal, cast, "head", NOON, reason="Часы названы")
    return FounderReview.objects.select_related("case").get(proposal=proposal).case


def appealed(number: int) -> Case:
    """A refusal to register that was appealed on its day."""
    made: Applicant = applicant(f"Навстречу {number}", 40 + number, NOON)
    one, two = (factories.acting(factories.registrar(), NOON.date()) for _ in range(2))
    made.submit(NOON, key=f"s{number}")
    RegistrationFlow.complete(made.application, by=one, at=NOON, key=f"c{number}")
    RegistrationFlow.refuse(made.application, by=two, at=NOON, key=f"r{number}", reason="Нет")
    made.state()
    return filed(made, NOON).case


def listed(cast: SimpleNamespace, role: str = Role.COMMISSIONER) -> list[str]:
    rows = signed_in(getattr(cast, role)).get("/reviews/").context["page"].rows
    return [row.case.ref for row in rows]


def number(cast: SimpleNamespace) -> int:
    hat = factories.acting(cast.commissioner, NOON.date(), Role.COMMISSIONER)
    return waiting(hat).count()


def test_both_kinds_stand_in_one_list_by_their_last_day(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        appeal, review = appealed(1), reviewed(cast)
        # Ten working days come before fifteen, whatever was opened first.
        assert listed(cast) == [review.ref, appeal.ref]
        assert listed(cast, Role.CHIEF) == [review.ref, appeal.ref]
        page = text(signed_in(cast.commissioner, "ru").get("/reviews/"))
        assert "2 дела ждут решения комиссии" in page
        assert page.count("апелляционная комиссия") == 2


def test_the_number_in_the_menu_is_that_of_the_list(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        appealed(1)
        review = reviewed(cast)
        home = signed_in(cast.commissioner).get("/late/")
        (row,) = [one for one in home.context["nav"].entries if one.url == "/reviews/"]
        assert (row.count, number(cast), len(listed(cast))) == (2, 2, 2)
        found = FounderReview.objects.select_related("case").get(case=review)
        proposing.take(FounderReviewFlow.uphold, found, cast, "commissioner", NOON, reason="Нет")
        assert (number(cast), len(listed(cast))) == (1, 1)


def test_a_review_that_waits_for_the_ngo_stays_with_its_own_term(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        review = reviewed(cast)
        found = FounderReview.objects.select_related("case").get(case=review)
        step = FounderReviewFlow.request_information
        proposing.take(step, found, cast, "commissioner", NOON, reason="Сколько часов?")
        (row,) = signed_in(cast.commissioner).get("/reviews/").context["page"].rows
        assert (row.deadline.term.name, str(row.whose)) == ("review", "head of the NGO")


def test_a_long_list_goes_on_and_asks_the_same(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.views.late.PAGE", 2)
    with time_machine.travel(NOON, tick=False):
        cases = [reviewed(cast) for _ in range(3)]
        client = signed_in(cast.commissioner)
        first = client.get("/reviews/").context["page"]
        assert [row.case.ref for row in first.rows] == [one.ref for one in cases[:2]]
        rest = client.get("/reviews/", {"after": first.after}).context["page"]
        assert ([row.case.ref for row in rest.rows], rest.after) == ([cases[2].ref], "")
        little = asked(client, "/reviews/")
        appealed(2)
        assert asked(client, "/reviews/") == little
        for nonsense in ("\x00", "9" * 500, "нет"):
            assert client.get("/reviews/", {"after": nonsense}).status_code == 200


def test_nobody_outside_the_department_reads_it(cast: SimpleNamespace) -> None:
    for role in (Role.DIRECTOR, Role.HEAD):
        assert signed_in(getattr(cast, role)).get("/reviews/").status_code == 404


def test_an_empty_list_says_what_will_stand_there(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON + days(1), tick=False):
        page = text(signed_in(cast.commissioner, "ru").get("/reviews/"))
        assert "Комиссии сейчас нечего решать" in page
