"""What keeps a page from being read by everybody, on a phone."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
WIDTH = 320


def faults(page: Page) -> list[str]:
    """What axe finds and where; a heading too few or too many; what sticks out sideways."""
    found: list[Any] = AXE.run(page).response["violations"]
    told = [f"{one['id']}: {place['target'][0]}" for one in found for place in one["nodes"]]
    if (headings := page.locator("h1").count()) != 1:
        told.append(f"h1: {headings}")
    if (width := page.evaluate("document.documentElement.scrollWidth")) > WIDTH:
        told.append(f"width: {width}")
    return told


def words(page: Page, where: str = "main") -> str:
    """What the page says there, blanks evened out."""
    return " ".join(page.inner_text(where).split())
