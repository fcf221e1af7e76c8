"""The pages of an application: what its head writes, checks and sends, and who may open them."""

import pytest
from django.utils import timezone

from accounts.hats import Acting
from accounts.roles import Role
from registry import applying
from registry.flows import RegistrationFlow
from registry.models import REQUIRED, Application, Ngo
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.registry.applicants import Applicant, applicant, browser, form, full_draft, key
from tests.registry.world import words
from tests.uploads import pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Applicant:
    return applicant(at=timezone.now())


def test_a_head_begins_writes_checks_and_sends(one: Acting) -> None:
    made = Ngo.objects.create(organisation=make.organisation("ngo", "Новые"), applicant=True)
    head = signed_in(make.member(made.organisation, Role.HEAD), "mfa")
    assert "ещё не зарегистрирована" in words(head.get("/application/"))
    assert head.post("/application/begin/")["Location"] == "/application/"
    about = {name: value for name, value in form().items() if name not in {"email", "consent"}}
    typed = about | {"experience": "Пять лет", "wanted": [key("T01", "C"), key("T07", "R")]}
    assert head.post("/application/", typed)["Location"] == "/application/?saved"
    page = head.get("/application/check/")
    wanting = ["safeguarding", "preparation", "no_charter", "no_safeguarding", "no_training"]
    assert [found.code for found in page.context["objections"]] == wanting
    typed |= {"safeguarding": "Правила", "preparation": "Курс"}
    documents = head.post("/application/", typed | {"documents": "1"})["Location"]
    assert documents == "/application/documents/?saved"
    files = {kind: upload(pdf(kind)) for kind in REQUIRED}
    assert head.post(documents, files)["Location"] == "/application/documents/?saved"
    typed |= {"check": "1"}
    page = head.get(head.post("/application/", typed)["Location"])
    assert page.context["objections"] == []
    assert "Групповое занятие" in words(page)
    send = page.context["form"].initial
    where = f"/cases/{page.context['case'].ref}/submit/"
    answer = head.post(where, {**send, "next": "/application/"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/application/"
    assert "Заявление отправлено" in words(answer)
    application = Application.objects.get()
    assert application.case.state == "submitted"
    assert application.wanted.count() == 2


def test_defects_stand_above_the_form_and_beside_what_they_are_about(
    ngo: Applicant, one: Acting
) -> None:
    ngo.submit(timezone.now())
    RegistrationFlow.return_(
        ngo.application, by=one, at=timezone.now(), key="r", defects=["D3", "D5"], reason="Сотни"
    )
    page = browser(ngo.head).get("/application/")
    assert "Сотни" in words(page)
    beside = {part.name: [str(one) for one in part.defects] for part in page.context["form"].parts}
    assert beside["safeguarding"] == ["правил защиты детей нет или они общие"]
    assert beside["about"] == beside["experience"] == beside["preparation"] == []
    assert len(page.context["form"].wanted_defects) == 1
    assert words(page).count("Здесь нужно исправить") == 2


@pytest.mark.parametrize("wanted", ["1", "x-y", "9999999999999999999-1", "\x00", "1-1-1"])
def test_only_pairs_that_fit_can_be_asked_for(ngo: Applicant, wanted: str) -> None:
    answer = browser(ngo.head).post("/application/", form() | {"wanted": wanted})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["wanted"]
    assert applying.said(ngo.application) == full_draft()


def test_a_registered_ngo_keeps_its_names(ngo: Applicant, one: Acting, two: Acting) -> None:
    at = timezone.now()
    ngo.submit(at)
    RegistrationFlow.complete(ngo.application, by=one, at=at, key="c")
    RegistrationFlow.register(ngo.application, by=two, at=at, key="d", granted=[key("T01", "C")])
    page = browser(ngo.head).get("/application/")
    assert "НКО зарегистрирована" in words(page)
    assert not page.context["may"]
    assert browser(ngo.head).post("/application/begin/")["Location"] == "/application/"
    assert Application.objects.count() == 1


def test_a_second_tab_that_sends_after_the_first_is_told(ngo: Applicant) -> None:
    ngo.submit(timezone.now())
    assert "Заявление отправлено" in words(browser(ngo.head).post("/application/", form()))
    assert browser(ngo.head).get("/application/check/")["Location"] == "/application/"


def test_another_ngos_head_gets_404(ngo: Applicant) -> None:
    ngo.submit(timezone.now())
    other = browser(applicant("Другие", 2, timezone.now()).head)
    where = f"/cases/{ngo.application.case.ref}/"
    assert [other.get(where + step).status_code for step in ("", "submit/", "withdraw/")] == [
        404
    ] * 3


@pytest.mark.parametrize(
    ("where", "role"),
    [
        ("/application/", Role.REGISTRAR),
        ("/application/check/", Role.REGISTRAR),
        ("/registrations/", Role.HEAD),
        ("/suspensions/", Role.HEAD),
        ("/suspensions/new/", Role.HEAD),
    ],
)
def test_pages_are_for_their_roles_only(
    ngo: Applicant, one: Acting, where: str, role: Role
) -> None:
    who = one if role == Role.REGISTRAR else ngo.head
    assert browser(who).get(where).status_code == 404
