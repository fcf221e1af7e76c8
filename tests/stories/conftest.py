"""A real browser against a real server on the migrated database."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = ["--no-sandbox", "--disable-background-networking", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="session")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A server for pages that only read: nothing needs to be undone after a story."""
    with django_db_blocker.unblock():
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()
        server.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one CHROMIUM names."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        if os.environ.get("OPEN_DOORS_BROWSER_REQUIRED"):
            pytest.fail("No Chromium was found, and browser tests must run here.")
        pytest.skip("No Chromium was found: install it, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(params=["ru", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each story is read in both languages."""
    return str(request.param)


@pytest.fixture
def visitor(address: str, browser: Browser, language: str) -> Iterator[Page]:
    """Somebody on a phone whose browser asks for this language; axe needs the policy lifted."""
    context = browser.new_context(
        base_url=address,
        locale=language,
        viewport={"width": 320, "height": 640},
        bypass_csp=True,
    )
    yield context.new_page()
    context.close()
