"""The Department's first member comes in by a link, proves themselves, and invites a colleague."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from accounts.roles import Role
from casework.invitations import invite
from casework.models import Invitation
from tests.accounts.sessions import signed_in
from tests.factories import department, member, organisation, person

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
PASSWORD = "a-very-long-secret-1"
CHIEF, COLLEAGUE = "chief@example.org", "colleague@example.org"


@pytest.fixture
def house(clone: str) -> Iterator[str]:
    """A server on a database of its own; its name is one that passkeys accept."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()
    server.join()


@pytest.fixture
def phone(browser: Browser, house: str, language: str) -> Iterator[BrowserContext]:
    """A narrow screen in this language; axe needs the policy lifted."""
    viewport = {"width": 320, "height": 640}
    context = browser.new_context(
        base_url=house, locale=language, viewport=viewport, bypass_csp=True
    )
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, house: str, language: str) -> Iterator[Page]:
    """A computer that can keep passkeys, with the content policy in force."""
    context = browser.new_context(base_url=house, locale=language)
    page = context.new_page()
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    driver = context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    driver.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    yield page
    context.close()


def come_in(page: Page, link: str) -> None:
    page.goto(link)
    assert page.url.endswith("/invitation/")
    page.fill("input[name=family_name]", "Белова")
    page.fill("input[name=given_name]", "Анна")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")


def test_the_first_member_comes_in_and_invites_a_colleague(desk: Page) -> None:
    complaints: list[str] = []
    desk.on("console", lambda message: complaints.append(message.text))
    sent = invite(CHIEF, Role.CHIEF, department(), None, timezone.now())
    come_in(desk, sent.get_absolute_url())

    desk.goto("/members/")
    assert desk.url.endswith("/second-factor/")
    desk.click("a[href='/accounts/2fa/webauthn/add/']")
    desk.fill("input[name=password]", PASSWORD)
    desk.click("main form button")
    desk.click("#passkey")
    desk.wait_for_url("**/recovery-codes/")
    assert desk.locator("ul.names li").count() == 10

    desk.goto("/members/")
    desk.fill("input[name=email]", COLLEAGUE)
    desk.check("input[value=registrar]")
    desk.click("aside form button")
    desk.wait_for_url("**/members/")
    assert [one.email for one in Invitation.objects.waiting(timezone.now())] == [COLLEAGUE]

    desk.goto("/accounts/logout/")
    desk.click("main form button")
    desk.goto("/accounts/login/?next=/members/")
    desk.click("#passkey")
    desk.wait_for_url(lambda url: "login" not in url)
    desk.goto("/members/")
    assert COLLEAGUE in desk.inner_text("main")
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_a_passkey_that_is_refused_is_said_in_words(desk: Page) -> None:
    desk.goto("/accounts/login/")
    desk.click("#passkey")
    trouble = desk.locator("[data-trouble]")
    trouble.filter(has_text=".").wait_for()
    assert trouble.inner_text() == trouble.get_attribute("data-trouble")


PAGES = ("/members/", "/hats/", "/notices/", "/accounts/2fa/", "/accounts/2fa/webauthn/", "/help/")


def test_the_pages_of_members_read_well_on_a_phone(phone: BrowserContext) -> None:
    head = member(organisation("ngo", "БФ «Рядом по субботам»"), Role.HEAD, who=person("Анна"))
    member(organisation("institution", "«Липовая аллея»"), Role.DESK, who=head)
    hat = head.memberships.get(role=Role.HEAD)
    other = member(hat.organisation, Role.COORDINATOR, who=person("Константин"))
    long = "somebody-with-a-rather-long-name@example.org"
    invite(long, Role.VOLUNTEER, hat.organisation, other, timezone.now())
    sign_in(phone, head)
    page = phone.new_page()
    for where in (*PAGES, f"/members/{other.memberships.get().pk}/end/"):
        reads_well(page, where)


def test_the_pages_of_coming_in_read_well_on_a_phone(phone: BrowserContext) -> None:
    page = phone.new_page()
    sent = invite(CHIEF, Role.CHIEF, department(), None, timezone.now())
    reads_well(page, "/invitation/")
    page.goto(sent.get_absolute_url())
    reads_well(page, "/invitation/")
    page.click("main form button")
    come_in(page, sent.get_absolute_url())
    reads_well(page, "/second-factor/")
    page.goto("/accounts/2fa/totp/activate/")
    reads_well(page, page.url)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    for where in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        reads_well(page, where)
        assert page.url.endswith(where)
    reads_well(page, "/accounts/password/change/")
    page.goto("/members/")
    assert page.url.endswith("/second-factor/")


def sign_in(context: BrowserContext, somebody: User) -> None:
    session = signed_in(somebody, "mfa").session.session_key
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    context.add_cookies([{**cookie, "domain": "localhost", "path": "/"}])


def reads_well(page: Page, where: str) -> None:
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(where)
        found = Axe().run(page)
        assert [one["id"] for one in found.response["violations"]] == [], where
    assert page.locator("h1").count() == 1, where
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, where
