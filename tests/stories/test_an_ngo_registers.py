"""An NGO nobody knows comes in, applies, is checked by one registrar and registered by another."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import Organisation
from accounts.roles import Role
from casework import outbox
from registry.models import Registration
from tests.accounts.sessions import code_of_now
from tests.factories import department, member, ngo, registrar
from tests.registry.applicants import key
from tests.stories.test_someone_is_invited import (
    house,  # noqa: F401  (the server's fixture, asked for by its name)
    reads_well,
    sign_in,
)
from tests.uploads import pdf, picture

pytestmark = pytest.mark.usefixtures("django_db_setup")
PASSWORD = "a-very-long-secret-1"
NAME, OGRN, INN = "БФ «Рядом по субботам»", "1157799090019", "7799900013"

Phone = Callable[[], BrowserContext]


@pytest.fixture
def phone(browser: Browser, language: str, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """Narrow screens in this language, one for each person of the story; axe needs no policy."""
    where = request.getfixturevalue("house")
    opened: list[BrowserContext] = []

    def another() -> BrowserContext:
        viewport = {"width": 320, "height": 640}
        opened.append(
            browser.new_context(base_url=where, locale=language, viewport=viewport, bypass_csp=True)
        )
        return opened[-1]

    yield another
    for context in opened:
        context.close()


def test_an_unknown_ngo_ends_up_in_the_register(phone: Phone) -> None:
    department()
    one, two = registrar(), registrar()
    head = phone().new_page()
    asks_to_come_in(head)
    comes_in_by_the_letter(head)
    writes_and_sends(head)

    desk = phone()
    sign_in(desk, one)
    checks(desk.new_page())
    other_desk = phone()
    sign_in(other_desk, two)
    registers(other_desk.new_page())

    number = Registration.objects.get().number
    reads_well(head, "/application/")
    assert number in head.inner_text("main")
    card = f"/register/ngos/{Organisation.objects.get(ogrn=OGRN).ref}/"
    anybody = phone().new_page()
    reads_well(anybody, card)
    assert number in anybody.inner_text("main")


def test_a_registrar_suspends_one_type_and_the_ngo_reads_why(phone: Phone) -> None:
    made = ngo(NAME)
    desk, chair = phone(), phone()
    sign_in(desk, registrar())
    sign_in(chair, member(made.organisation, Role.HEAD))

    page = desk.new_page()
    reads_well(page, "/suspensions/")
    page.click("main a.button")
    page.fill("main input[name=q]", "рядом")
    page.click("main form button")
    reads_well(page, page.url)
    page.click("main ul.ruled a")
    reads_well(page, page.url)
    page.select_option("select[name=type]", index=1)
    page.fill("input[name=through_on]", str(timezone.localdate() + timedelta(days=30)))
    page.click("main form button")
    page.wait_for_url("**/suspend/")
    reads_well(page, page.url)
    page.fill("textarea[name=reason]", "Решение номер 31")
    page.click("main form button")
    page.wait_for_url(re.compile(r"/cases/S-\d+/$"))

    head, anybody = chair.new_page(), phone().new_page()
    card = f"/register/ngos/{made.organisation.ref}/"
    for reader, where in ((page, "/suspensions/"), (head, "/application/"), (anybody, card)):
        reads_well(reader, where)
        assert "Решение номер 31" in reader.inner_text("main")


def asks_to_come_in(page: Page) -> None:
    reads_well(page, "/register/")
    page.click("a[href='/register/apply/']")
    page.click("main form button")
    assert page.url.endswith("/register/apply/")
    typed = {
        "name": "Благотворительный фонд «Рядом по субботам»",
        "short_name": NAME,
        "ogrn": OGRN,
        "inn": INN,
        "form": "фонд",
        "head_name": "Анна Рябова",
        "email": "anna@example.org",
    }
    reads_well(page, "/register/apply/")
    for field, text in typed.items():
        page.fill(f"main [name={field}]", text)
    page.check("[name=consent]")
    page.click("main form button")
    page.wait_for_url("**/register/apply/sent/")
    reads_well(page, "/register/apply/sent/")
    assert "anna@example.org" in page.inner_text("main")


def comes_in_by_the_letter(page: Page) -> None:
    outbox.deliver(timezone.now())
    letter = next(one for one in mail.outbox if one.to == ["anna@example.org"])
    found = re.search(r"/invitations/[\w-]+/", str(letter.body))
    assert found is not None
    page.goto(found.group())
    page.fill("input[name=family_name]", "Рябова")
    page.fill("input[name=given_name]", "Анна")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.goto("/application/")
    assert page.url.endswith("/second-factor/")
    page.goto("/accounts/2fa/totp/activate/")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/totp/activate/")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.inner_text("main"))
    assert secret is not None
    page.fill("input[name=code]", code_of_now(secret.group()))
    page.click("main form button")
    page.wait_for_url(lambda url: "activate" not in url)


def writes_and_sends(page: Page) -> None:
    reads_well(page, "/application/")
    page.click("main form button")
    page.click("button[name=check]")
    page.wait_for_url("**/application/check/**")
    reads_well(page, "/application/check/")
    assert page.locator("main .checked li").count() == 7
    reads_well(page, "/application/")
    page.fill("[name=experience]", "Пять лет ходим в два центра, 40 волонтёров")
    page.fill("[name=safeguarding]", "Правила на 12 страниц, за ними следит куратор")
    page.fill("[name=preparation]", "Отвечает Дарья Мельник, курс на 16 часов")
    for pair in (key("T01", "C"), key("T07", "R")):
        page.check(f"input[value='{pair}']")
    hands_in(page)
    page.click("button[name=check]")
    page.wait_for_url("**/application/check/**")
    reads_well(page, "/application/check/")
    page.click("main form button")
    page.wait_for_url("**/application/")
    reads_well(page, "/application/")


def hands_in(page: Page) -> None:
    """Two documents in one go; what is no document is named beside its field; then the rest."""
    page.click("button[name=documents]")
    page.wait_for_url("**/application/documents/**")
    reads_well(page, "/application/documents/")
    files = {"charter": pdf("% устав"), "safeguarding": b"no document", "training": picture("JPEG")}
    for kind, content in files.items():
        chosen = {"name": f"{kind}.pdf", "mimeType": "", "buffer": content}
        page.set_input_files(f"[name={kind}]", chosen)
    page.click("main form button")
    page.wait_for_selector(".error-summary")
    assert page.locator("main .field .error").count() == 1
    assert page.locator("main a[href^='/documents/']").count() == 2
    rules = {"name": "Правила.pdf", "mimeType": "", "buffer": pdf("% правила")}
    page.set_input_files("[name=safeguarding]", rules)
    page.click("main form button")
    page.wait_for_url("**/application/documents/?saved")
    reads_well(page, "/application/documents/")
    page.goto("/application/")


def checks(page: Page) -> None:
    reads_well(page, "/registrations/")
    page.click("main tbody a[href^='/cases/']")
    reads_well(page, page.url)
    with page.expect_download() as begun:
        page.click("main a[href^='/documents/']")
    assert begun.value.suggested_filename == "charter.pdf"
    page.click("a[href$='/complete/']")
    reads_well(page, page.url)
    page.click("main form button")
    page.wait_for_url(re.compile(r"/cases/N-\d+/$"))
    reads_well(page, "/registrations/")
    assert page.locator("a[href$='/register/'][href^='/cases/']").count() == 0


def registers(page: Page) -> None:
    page.goto("/registrations/")
    page.click("a[href$='/register/'][href^='/cases/']")
    reads_well(page, page.url)
    assert page.locator("input[name=granted]:checked").count() == 2
    page.uncheck(f"input[value='{key('T07', 'R')}']")
    page.click("main form button")
    page.wait_for_url(re.compile(r"/cases/N-\d+/$"))
    assert list(Registration.objects.get().approved.values_list("type__code", flat=True)) == ["T01"]
