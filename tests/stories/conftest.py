"""A real browser against a real server on the migrated database."""

import inspect
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests import conftest as common
from tests.accounts.sessions import signed_in
from tests.visits.receiving import NOON

QUIET = ["--no-sandbox", "--disable-background-networking", "--no-first-run", "--disable-sync"]


class Kept(StaticFilesHandler):
    """What never changes while stories run is fetched once, as it is from a real server."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        """A year: a story's clock may be months behind the browser's."""
        answer = super().serve(request)
        answer["Cache-Control"] = "max-age=31536000"
        return answer


@contextmanager
def serving(name: str) -> Iterator[str]:
    """A server in this process: where it is."""
    server = LiveServerThread("127.0.0.1", Kept)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://{name}:{server.port}"
    server.terminate()
    server.join()


@pytest.fixture(scope="session")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A server for pages that only read: nothing needs to be undone after a story."""
    with django_db_blocker.unblock(), serving("127.0.0.1") as where:
        yield where


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


@pytest.fixture(params=["ru", pytest.param("en", marks=pytest.mark.drill)])
def language(request: pytest.FixtureRequest) -> str:
    """Each page and story is read in Russian; in English when there is time for drills."""
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


cloned = contextmanager(inspect.unwrap(common.clone))
# One theme for each language, so that both are read and no page is read twice.
THEMES: dict[str, Any] = {"ru": "light", "en": "dark"}


@dataclass
class Stage:
    """A server on a database of its own, at a time of its own, for the stories of one module."""

    address: str
    browser: Browser
    clock: time_machine.Traveller
    opened: list[BrowserContext] = field(default_factory=list)

    def page(self, language: str, somebody: User | None = None, **more: Any) -> Page:
        """A phone of this person, signed in and proved; axe needs the policy lifted."""
        made: dict[str, Any] = {
            "base_url": self.address,
            "locale": language,
            "color_scheme": THEMES[language],
            "viewport": {"width": 320, "height": 640},
            "bypass_csp": True,
        }
        self.opened.append(self.browser.new_context(**made | more))
        if somebody is not None:
            proved = signed_in(somebody, "mfa").session.session_key
            cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": proved}
            self.opened[-1].add_cookies([{**cookie, "url": self.address}])
        return self.opened[-1].new_page()

    def close(self) -> None:
        """Put every phone away."""
        while self.opened:
            self.opened.pop().close()


@pytest.fixture(scope="module")
def clock(django_db_setup: None, django_db_blocker: Any) -> Iterator[time_machine.Traveller]:
    """A database for one module, at noon of a Wednesday; commits are real."""
    with (
        cloned(django_db_setup, django_db_blocker),
        time_machine.travel(NOON, tick=False) as traveller,
    ):
        yield traveller


@pytest.fixture(scope="module")
def stage(clock: time_machine.Traveller, browser: Browser) -> Iterator[Stage]:
    """A server on it, and phones for whoever comes into the stories."""
    with serving("localhost") as where:
        made = Stage(where, browser, clock)
        yield made
        made.close()


@pytest.fixture
def phone(stage: Stage, language: str) -> Iterator[Callable[..., Page]]:
    """A phone for each person of the story, in its language, at noon; put away after it."""
    stage.clock.move_to(NOON)
    yield partial(stage.page, language)
    stage.close()
