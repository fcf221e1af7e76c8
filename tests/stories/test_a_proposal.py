"""An NGO proposes: accepted and agreed on, refused and overturned, or met with silence.

Axe looks at what no other story shows: the pages of every state stand in `test_every_page`.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from playwright.sync_api import Page

from accounts.roles import Role
from casework.models import Case
from casework.parties import another_case
from casework.process import Step, Text
from casework.sweep import sweep
from institutions.flows import AgreementFlow, FounderReviewFlow, ProposalFlow
from institutions.models import AgreementState, FounderReview, ProposalState, ReviewState
from tests import factories
from tests.institutions import doing, proposing
from tests.stories.conftest import Stage
from tests.stories.reading import faults, words
from tests.visits.receiving import NOON

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
AFTER_THE_TERM = NOON + timedelta(days=16)
TYPED = {
    "programme": "Настольные игры и чтение вслух по четвергам, полтора часа",
    "preparation": "Готовит психолог, шестнадцать часов; готовы одиннадцать человек",
    "experience": "Пять лет ходим в два центра",
}
WHY = "Для этих детей нужен ещё тренинг по травме"
GROUNDS = "Тренинг пройден в июне, сведения были в предложении"
REASONS = "Подготовка названа и подтверждена"
VERIFIED = {
    "ru": "Документ с этим кодом выдан здесь",
    "en": "A paper with this code was issued here",
}

Phone = Callable[..., Page]


@pytest.fixture
def cast(phone: Phone) -> SimpleNamespace:
    """A house that offers times, a registered NGO, the Department."""
    house, ngo = factories.institution(), factories.ngo()
    made = SimpleNamespace(house=house, ngo=ngo, site=house.sites.get())
    for role, place in (
        (Role.DIRECTOR, house.organisation),
        (Role.COORDINATOR, ngo.organisation),
        (Role.HEAD, ngo.organisation),
        (Role.COMMISSIONER, factories.department()),
        (Role.REGISTRAR, factories.department()),
    ):
        setattr(made, role, factories.member(place, role))
    doing.declare(made.site, at=NOON, windows=[doing.window(3, capacity=4)])
    return made


def test_accepted_and_agreed_on(phone: Phone, cast: SimpleNamespace, language: str) -> None:
    coordinator, director, head = (
        phone(getattr(cast, role)) for role in (Role.COORDINATOR, Role.DIRECTOR, Role.HEAD)
    )
    # Given a coordinator who writes a proposal and sends it
    writes(coordinator, cast)
    sends(coordinator, language)
    proposal = Case.objects.get(kind="proposal", asker=cast.ngo.organisation)

    # When the director accepts it on conditions, and writes the agreement from it
    director.goto("/proposals/")
    director.click(f"main a[href='/cases/{proposal.ref}/']")
    accepts(director, language)
    writes_the_agreement(director)

    # When the head offers other terms, then the director sees what was changed, and signs
    deal = Case.objects.get(kind="agreement", asker=cast.ngo.organisation)
    head.goto(f"/cases/{proposal.ref}/")
    head.click(f"main a[href='/cases/{deal.ref}/']")
    offers_other_terms(head, deal)
    director.goto(f"/cases/{deal.ref}/")
    compares(director)
    director.goto(f"/cases/{deal.ref}/")
    steps(director, AgreementFlow.sign, language)

    # Then both land on pages that say what happened
    assert state(AgreementState.ACTIVE, language) in words(director)
    for reader in (director, head):
        reader.goto(f"/cases/{proposal.ref}/")
        assert state(ProposalState.AGREED, language) in words(reader, "main .chip >> nth=0")
        assert happened(ProposalFlow.conclude, language) in words(reader, "ol.timeline")
    assert faults(head) == []


def writes(page: Page, cast: SimpleNamespace) -> None:
    page.goto("/proposals/")
    page.click("main a[href='/proposals/new/']")
    page.fill("main [name=q]", cast.house.organisation.short_name)
    page.click("main form button")
    page.click(f"main a[href='?side={cast.house.organisation.ref}']")
    # What is missing is asked for, and nothing that was ticked or typed is lost.
    page.check(f"[name=types][value='{doing.type_('T01')}']")
    page.check("[name=groups][value=teens]")
    page.fill("[name=experience]", TYPED["experience"])
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main form button.button")
    page.wait_for_selector(".error-summary")
    assert page.locator("main p.error").count() == 2
    assert page.locator("[name=types]:checked, [name=groups]:checked").count() == 2
    assert page.input_value("[name=experience]") == TYPED["experience"]
    assert faults(page) == []
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    page.click("main form button.button")
    page.wait_for_url(re.compile(r"/cases/P-\d+/$"))
    assert TYPED["programme"] in words(page)


def sends(page: Page, language: str) -> None:
    steps(page, ProposalFlow.send, language)
    assert state(ProposalState.SENT, language) in words(page, "main .chip >> nth=0")
    assert page.locator("main .deadline a[href^='/terms/']").count() == 1


def accepts(page: Page, language: str) -> None:
    steps(page, ProposalFlow.accept, language, **proposing.CONDITIONS)
    assert state(ProposalState.ACCEPTED, language) in words(page, "main .chip >> nth=0")
    assert proposing.CONDITIONS["risks"] in words(page)


def writes_the_agreement(page: Page) -> None:
    page.click("main a[href*='/agreements/new/?proposal=']")
    assert proposing.CONDITIONS["rules"] in page.input_value("[name=note]")
    assert page.locator("[name=types]:checked").count() == 1
    assert faults(page) == []
    page.click("main form button.button")
    page.wait_for_url(re.compile(r"/cases/A-\d+/$"))


def offers_other_terms(page: Page, deal: Case) -> None:
    page.click(f"main a[href='/agreements/{deal.ref}/counter/']")
    page.fill("[name=people_a_visit]", "3")
    page.fill("[name=note]", page.input_value("[name=note]").replace("Без сладостей", "Без еды"))
    page.click("main form button.button")
    page.wait_for_url(f"**/cases/{deal.ref}/")


def compares(page: Page) -> None:
    page.click("main a[href$='/versions/']")
    page.wait_for_selector("dd.change ins")
    taken, put = (page.locator(f"dd.change {tag}").all_inner_texts() for tag in ("del", "ins"))
    assert (taken, put) == (["4", "сладостей:"], ["3", "еды:"])


def test_refused_reviewed_and_overturned(
    phone: Phone, cast: SimpleNamespace, language: str
) -> None:
    # Given a proposal to a house whose calendar shows free places
    proposal = proposing.send(cast, at=NOON)
    where = f"/cases/{proposal.case.ref}/"
    director, head = phone(cast.director), phone(cast.head)

    # When the director says that there is no room, then the product shows that there is
    director.goto(f"{where}refuse/")
    director.check("[name=code][value=R6]")
    director.fill("[name=reason]", WHY)
    director.click("main form button.button")
    director.wait_for_selector(".error-summary")
    assert director.input_value("[name=code]:checked") == "R6"
    assert director.input_value("[name=reason]") == WHY
    assert faults(director) == []

    # When another ground is named, then it is refused, and the head goes to the founder
    director.check("[name=code][value=R5]")
    director.click("main form button.button")
    director.wait_for_url(f"**{where}")
    head.goto(where)
    assert f"R5 {WHY}" in words(head, "ol.timeline")
    assert faults(head) == []
    steps(head, ProposalFlow.ask_founder, language, reason=GROUNDS)
    assert state(ProposalState.REVIEW, language) in words(head, "main .chip >> nth=0")

    # When the commission overturns the refusal, then the proposal is accepted and both read why
    overturns(phone(cast.commissioner), language)
    for reader in (head, director):
        reader.goto(where)
        assert state(ProposalState.ACCEPTED, language) in words(reader, "main .chip >> nth=0")
        assert REASONS in words(reader, "ol.timeline")
        assert said(another_case.name, language) in words(reader, "ol.timeline li >> nth=-1")
        assert state(ReviewState.OVERTURNED, language) in words(reader)
    assert faults(head) == []


def overturns(page: Page, language: str) -> None:
    review = FounderReview.objects.latest("pk")
    page.goto("/notices/")
    page.click(f"main a[href='/cases/{review.case.ref}/'] >> nth=0")
    assert WHY in words(page)
    assert GROUNDS in words(page)
    steps(page, FounderReviewFlow.overturn, language, reason=REASONS)
    assert state(ReviewState.OVERTURNED, language) in words(page, "main .chip >> nth=0")
    assert faults(page) == []


def test_silence_is_told_and_keeps_the_place(
    stage: Stage, phone: Phone, cast: SimpleNamespace, language: str
) -> None:
    # Given a proposal that nobody answers, when its term passes
    proposal = proposing.send(cast, at=NOON)
    where = f"/cases/{proposal.case.ref}/"
    stage.clock.move_to(AFTER_THE_TERM)
    for _ in range(5):
        sweep(AFTER_THE_TERM)
    watcher, coordinator = phone(cast.registrar), phone(cast.coordinator)

    # Then the Department sees it among what is late, and the letter is there
    watcher.goto("/late/?kind=proposal")
    assert watcher.locator(f"main a[href='{where}']").count() == 1
    watcher.click(f"main a[href='{where}']")
    assert words(watcher, "ol.timeline").count(happened(ProposalFlow.escalate, language)) == 1
    assert faults(watcher) == []
    code = has_the_letter(watcher)

    # Then whoever holds the letter finds that it was issued here
    anybody = phone()
    anybody.goto(f"/verify/{code}/")
    assert words(anybody, "h1") == VERIFIED[language]

    # And the NGO reads that its proposal was neither accepted nor refused: its place is kept
    coordinator.goto(where)
    assert state(ProposalState.SENT, language) in words(coordinator, "main .chip >> nth=0")
    assert happened(ProposalFlow.escalate, language) in words(coordinator, "ol.timeline")
    assert coordinator.locator("main .deadline.late").count() == 1


def has_the_letter(page: Page) -> str:
    """The newest paper of the case, which the escalation left; its code."""
    link = page.get_attribute("main a[href^='/papers/'] >> nth=-1", "href") or ""
    assert page.request.get(link).body().startswith(b"%PDF-")
    return link.strip("/").rpartition("/")[2]


def steps(page: Page, step: Step, language: str, **answers: str) -> None:
    """From the page of the case to the step, its questions, and back to what happened."""
    page.click(f"main a[href$='/{step.name}/']")
    for name, text in answers.items():
        page.fill(f"main [name={name}]", text)
    if answers:
        assert faults(page) == []
    page.click("main form button.button")
    page.wait_for_url(re.compile(r"/cases/[A-Z]-\d+/$"))
    assert happened(step, language) in words(page, "ol.timeline")


def happened(step: Step, language: str) -> str:
    return said(step.past, language)


def state(one: ProposalState | AgreementState | ReviewState, language: str) -> str:
    return said(one.label, language)


def said(text: Text, language: str) -> str:
    with translation.override(language):
        return str(text)
