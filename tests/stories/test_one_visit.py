"""One visit from the knowledge test to the hours, and every step of it on the audit page."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import translation
from playwright.sync_api import Page

from accounts.roles import Role
from casework.models import Decision
from casework.sweep import sweep
from tests import factories
from tests.stories.conftest import Stage
from tests.stories.reading import faults, words
from tests.visits import receiving as make
from tests.volunteers import making
from tests.volunteers.knowledge import right_places
from visits.flows import VisitFlow
from visits.models import Visit
from volunteers.models import Attempt, Volunteer

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
SAID = {
    "ru": SimpleNamespace(
        passed="Сдано: {0} из {0}",
        requested="Заявка отправлена. Визит ещё не назначен",
        booked="Визит назначен",
        two_hours="2 ч",
        holds="Весь журнал прочитан: все цепочки записей целы.",
    ),
    "en": SimpleNamespace(
        passed="Passed: {0} of {0}",
        requested="Requested, not booked yet",
        booked="Booked",
        two_hours="2 h",
        holds="The whole audit trail was read: every chain holds.",
    ),
}
STEPS = ["request", "approve", "finish", "close"]

Phone = Callable[..., Page]


@pytest.fixture
def cast(phone: Phone) -> SimpleNamespace:
    """A house that receives, and a volunteer who lacks the knowledge test only."""
    made = make.house()
    made.auditor = factories.member(factories.department(), Role.AUDITOR)
    made.volunteer = making.volunteer(made.ngo.organisation, name="Мария")
    making.clear(made.volunteer, "V2", institution=made.house, on=make.TODAY, without=["test"])
    return made


def test_one_visit(stage: Stage, phone: Phone, cast: SimpleNamespace, language: str) -> None:
    said = SAID[language]
    # In English booking and approving go without a line of script.
    scripts = {"java_script_enabled": language == "ru"}
    volunteer = phone(cast.volunteer.person, **scripts)
    desk = phone(cast.desk, **scripts)

    # Given a volunteer whom one thing keeps from every time, when they know every answer of the
    # test, then they are cleared
    finds_nothing(volunteer)
    passes_the_test(volunteer, cast.volunteer, said.passed)

    # When they find a time and ask for it, then it is requested and not booked
    visit = books(volunteer, cast.volunteer)
    assert words(volunteer, "h1") == said.requested
    assert visit.during.lower == make.at(11)
    assert volunteer.locator("a[href$='/pass/']").count() == 0

    # When the desk approves, naming who is with the visitors
    approves(desk, visit, cast)

    # Then the volunteer sees that it is booked, and has the pass
    volunteer.reload()
    assert words(volunteer, "h1") == said.booked
    has_the_pass(volunteer, visit, cast.volunteer)

    # When its time comes, the gate lets them in, and out two hours later
    goes_through_the_gate(stage, phone(cast.gate), cast.volunteer)

    # When the time is over, then the coordinator confirms what the gate noted
    stage.clock.move_to(make.at(14))
    assert sweep(make.at(14)) >= 1
    confirms_the_hours(phone(cast.coordinator), visit, said.two_hours)

    # Then the volunteer sees their hours
    volunteer.goto("/visits/")
    assert said.two_hours in words(volunteer, f"main tr:has-text('{visit.case.ref}')")

    # And the auditor finds every step, and that nothing of the trail was changed
    audits(phone(cast.auditor), visit, language)


def finds_nothing(page: Page) -> None:
    page.goto("/visits/find/")
    assert page.locator("a[href^='/visits/new/']").count() == 0


def passes_the_test(page: Page, who: Volunteer, passed: str) -> None:
    page.goto("/test/")
    page.click("form[action='/test/start/'] button")
    attempt = Attempt.objects.get(person=who.person)
    total = len(attempt.paper)
    for n in range(1, total + 1):
        page.wait_for_url(f"**/test/{n}/")
        for place in right_places(attempt, n):
            page.click(f"input[name=choice][value='{place}'] + label")
        page.click("form.question button.button >> nth=0")
    page.wait_for_url("**/test/check/")
    page.click("main form button")
    page.wait_for_url("**/test/result/**")
    assert words(page, "h1") == passed.format(total)


def books(page: Page, who: Volunteer) -> Visit:
    page.goto("/visits/find/")
    page.click("a[href^='/visits/new/'] >> nth=0")
    page.check("input[name=type] >> nth=0")
    page.fill("[name=programme]", "Читаем вслух")
    page.check("[name=well]")
    page.click("main form button")
    page.click("button[name=send]")
    page.wait_for_url(re.compile(r"/visits/V-\d+/$"))
    return Visit.objects.get(participations__volunteer=who.person)


def approves(page: Page, visit: Visit, cast: SimpleNamespace) -> None:
    page.goto("/start/")
    assert page.url.endswith("/requests/")
    page.click(f"a[href='/requests/{visit.case.ref}/']")
    page.check("input[name=choice][value=approve]")
    page.select_option("select[name=supervisor]", str(cast.desk.pk))
    page.fill("[name=reason]", "Ждём вас у главного входа")
    page.click("main form button")
    page.wait_for_url("**/check/")
    assert str(cast.desk) in words(page, "dl.facts")
    assert "Ждём вас у главного входа" in words(page, ".letter")
    page.click("button[name=send]")
    page.wait_for_url("**/sent/")
    assert str(cast.volunteer.person) in words(page, "aside")


def has_the_pass(page: Page, visit: Visit, who: Volunteer) -> None:
    page.click("a[href$='/pass/']")
    assert visit.case.ref in words(page)
    assert str(who.person) in words(page, "article.pass .holder")


def goes_through_the_gate(stage: Stage, page: Page, who: Volunteer) -> None:
    stage.clock.move_to(make.at(11))
    page.goto("/start/")
    assert page.url.endswith("/gate/")
    assert faults(page) == []
    page.click("#expected a[href$='/in/']")
    assert faults(page) == []
    page.check("[name=document]")
    page.check("[name=healthy]")
    page.click("main form button")
    page.wait_for_url("**/gate/?site=*")
    assert who.person.family_name in words(page, "#here")

    stage.clock.move_to(make.at(13))
    page.reload()
    page.click("#here form button")
    page.wait_for_url("**/gate/?site=*")
    assert who.person.family_name in words(page, "#gone")
    assert faults(page) == []


def confirms_the_hours(page: Page, visit: Visit, hours: str) -> None:
    page.goto("/visits/")
    page.click(f"main a[href='/visits/{visit.case.ref}/']")
    page.click("a[href$='/hours/']")
    assert hours in words(page, "main table")
    assert faults(page) == []
    page.click("main form button")
    page.wait_for_url(f"**/visits/{visit.case.ref}/")
    assert faults(page) == []


def audits(page: Page, visit: Visit, language: str) -> None:
    taken = Decision.objects.filter(case=visit.pk).order_by("recorded_at")
    assert list(taken.values_list("step", flat=True)) == STEPS
    page.goto("/start/")
    page.fill("[name=case]", visit.case.ref)
    page.click("form.filters button")
    written = words(page, "main tbody")
    with translation.override(language):
        told = [str(VisitFlow.steps[step].past) for step in STEPS]
    assert [one for one in told if one not in written] == []
    assert page.locator("main tbody tr").count() == len(STEPS) + 2  # and in and out at the gate
    page.click("form[action='/audit/verify/'] button")
    page.wait_for_url("**/audit/")
    assert SAID[language].holds in words(page)
    assert faults(page) == []
