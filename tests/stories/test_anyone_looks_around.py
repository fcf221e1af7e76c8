"""Anyone, on a phone, in either language, by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = [
    "/",
    "/types/",
    "/types/T07/",
    "/okrugs/",
    "/calendar/",
    "/calendar/?start=2026-10-26&days=10",
    "/calendar/?start=&days=99",
    "/help/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/verify/",
    "/verify/?code=7K3M",
    "/verify/2222222222222222",
    "/no-such-page/",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_well_for_everybody(visitor: Page, language: str, page: str) -> None:
    for theme in ("light", "dark"):
        visitor.emulate_media(color_scheme=theme)
        visitor.goto(page)
        found = Axe().run(visitor)
        assert [violation["id"] for violation in found.response["violations"]] == []
    assert visitor.locator("html").get_attribute("lang") == language
    assert visitor.locator("h1").count() == 1
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_term_is_counted_from_the_typed_date(visitor: Page, language: str) -> None:
    visitor.goto("/calendar/")
    visitor.locator("input[name=start]").fill("2026-10-26")
    visitor.locator("input[name=days]").fill("10")
    visitor.locator("form.filters button").click()
    expected = {"ru": "10 ноября 2026", "en": "10 November 2026"}[language]
    assert expected in visitor.locator("section h2").first.inner_text().replace("\xa0", " ")


def test_the_language_is_switched_and_kept(visitor: Page, language: str) -> None:
    other = {"ru": "en", "en": "ru"}[language]
    visitor.goto("/types/")
    visitor.locator("form.language button").click()
    assert visitor.url.endswith("/types/")
    visitor.goto("/help/")
    assert visitor.locator("html").get_attribute("lang") == other


def test_no_page_breaks_the_content_policy(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    for where in ("/", "/types/", "/calendar/", "/accounts/login/"):
        page.goto(where)
    context.close()
    assert [text for text in complaints if "Content Security Policy" in text] == []
