"""Everybody of the cast comes in by one click and finds a page with something to do."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page

from demo.cast import PLAYERS
from demo.life import live
from tests.stories.conftest import (
    browser,  # noqa: F401  (the browser's fixture, asked for by its name)
)
from tests.stories.test_someone_is_invited import (
    house,  # noqa: F401  (the server's fixture, asked for by its name)
)

pytestmark = pytest.mark.usefixtures("django_db_setup")
# Whose first page stands empty for now, and why.
IDLE = {"nina": "her pages come with outings"}
REFERENCE = re.compile(r"\b[ACMNOSV]-\d{4}\b")
# These first pages name people or steps, not cases.
OTHERS = {
    "sofia": r"/clearance/",
    "timur": r"/gate/",
    "elena": r"/vetting/",
    "roman": r"/vetting/",
    "alla": r"/audit/",
}


@pytest.fixture
def visitor(settings: Any, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone on the demonstration, a moment after its first start; axe needs the policy lifted."""
    settings.OPEN_DOORS_DEMO = True
    chromium: Browser = request.getfixturevalue("browser")
    address = request.getfixturevalue("house")
    live(timezone.now(), weeks=1)
    cache.clear()
    context = chromium.new_context(
        base_url=address, locale="ru", viewport={"width": 320, "height": 640}, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def fits_and_reads(page: Page, who: str) -> None:
    """With months of rows on it the page still reads well on a phone."""
    found = Axe().run(page)
    assert [one["id"] for one in found.response["violations"]] == [], who
    assert page.locator("h1").count() == 1, who
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, who


def test_one_click_makes_anybody_of_the_cast_and_work_waits_for_them(visitor: Page) -> None:
    visitor.goto("/demo/")
    fits_and_reads(visitor, "the cast")
    for player in PLAYERS:
        visitor.goto("/demo/")
        visitor.click(f"form[action='/demo/as/{player.key}/'] button")
        visitor.wait_for_load_state()
        fits_and_reads(visitor, player.key)
        found = visitor.inner_html("main")
        if player.key in OTHERS:
            assert re.search(OTHERS[player.key], found), player.key
        elif player.key not in IDLE:
            assert REFERENCE.search(found), player.key
