"""The decision on an application: whose it is, what it grants, and that silence is told."""

from datetime import date, timedelta

import pytest

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Decision, Term
from casework.process import Refused
from casework.sweep import sweep
from registry import applying, queries
from registry.flows import RegistrationFlow as Flow
from registry.models import Approved, Registration
from tests import factories as make
from tests.registry.applicants import NOW, ON, Applicant, codes, in_review, key, kinds

pytestmark = pytest.mark.django_db


def test_whoever_checked_does_not_decide(ngo: Applicant, one: Acting) -> None:
    in_review(ngo, one)
    with pytest.raises(Refused) as refused:
        Flow.register(ngo.application, by=one, at=NOW, key="d", granted=[key("T01", "C")])
    assert codes(refused) == ["four_eyes"]
    with pytest.raises(Refused) as refused:
        Flow.refuse(ngo.application, by=one, at=NOW, key="d", reason="Нет")
    assert codes(refused) == ["four_eyes"]


def test_a_head_who_is_a_registrar_too_does_not_decide_on_their_own(ngo: Applicant) -> None:
    ngo.submit()
    make.member(make.department(), Role.REGISTRAR, who=ngo.head.user)  # type: ignore[arg-type]
    both = make.acting(ngo.head.user, role=Role.REGISTRAR)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        Flow.complete(ngo.application, by=both, at=NOW, key="c")
    assert codes(refused) == ["own_case"]


def test_a_registration_names_types_kinds_a_number_and_three_years(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    in_review(ngo, one)
    granted = [key("T01", "C"), key("T07", "R")]
    Flow.register(ngo.application, by=two, at=NOW, key="d", granted=granted)
    registration = Registration.objects.get(ngo=ngo.ngo)
    assert registration.number == "НКО-2026-0001"
    assert (registration.during.lower, registration.during.upper) == (ON, date(2029, 11, 2))
    pairs = Approved.objects.values_list("type__code", "kind__code").order_by("type__code")
    assert list(pairs) == [("T01", "C"), ("T07", "R")]
    assert queries.approved_types(ngo.ngo.pk, ON) == {"T01": ["C"], "T07": ["R"]}
    assert kinds()[-1] == "registration_register"
    assert Decision.objects.filter(settles=True).count() == 1


@pytest.mark.parametrize(
    ("granted", "why"), [([], ["granted"]), ([("T05", "C")], ["more"]), ([("T99", "C")], ["more"])]
)
def test_nothing_is_granted_that_was_not_asked_for(
    ngo: Applicant, one: Acting, two: Acting, granted: list[tuple[str, str]], why: list[str]
) -> None:
    in_review(ngo, one)
    asked = ["x-y" if code == "T99" else key(code, kind) for code, kind in granted]
    with pytest.raises(Refused) as refused:
        Flow.register(ngo.application, by=two, at=NOW, key="d", granted=asked)
    assert codes(refused) == why


def test_a_refusal_ends_the_application_and_the_next_begins_with_its_words(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    in_review(ngo, one)
    Flow.refuse(ngo.application, by=two, at=NOW, key="d", reason="Мало опыта")
    assert ngo.state() == "refused"
    again = applying.begin(ngo.ngo, by=ngo.head.user, at=NOW)  # type: ignore[arg-type]
    again.refresh_from_db()
    assert applying.said(again) == applying.said(ngo.application)


def test_the_head_withdraws_until_it_is_decided(ngo: Applicant, one: Acting) -> None:
    in_review(ngo, one)
    Flow.withdraw(ngo.application, by=ngo.head, at=NOW, key="w")
    assert ngo.state() == "withdrawn"


@pytest.mark.parametrize(
    ("stage", "step", "days"),
    [("submitted", "escalate_check", 5), ("review", "escalate_review", 10)],
)
def test_silence_is_told_once_per_term(
    ngo: Applicant, one: Acting, stage: str, step: str, days: int
) -> None:
    early = NOW - timedelta(days=40)
    ngo.submit(early)
    if stage == "review":
        Flow.complete(ngo.application, by=one, at=early, key="complete")
    term = Term.objects.get(stopped_at=None)
    assert term.days == days
    assert [sweep(term.due_at), sweep(term.due_at), sweep(NOW)] == [1, 0, 0]
    assert ngo.state() == stage
    assert Decision.objects.filter(step=step, actor=None).count() == 1
