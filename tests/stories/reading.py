"""What keeps a page from being read by everybody, on a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
WIDTH = 320
# Everything is asked at once: each question to the browser costs a way there and back.
ASKED = """async () => {
    const found = await axe.run({resultTypes: ["violations"]});
    return {
        told: found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}`)),
        headings: document.querySelectorAll("h1").length,
        width: document.documentElement.scrollWidth,
    };
}"""


def faults(page: Page) -> list[str]:
    """What axe finds and where; a heading too few or too many; what sticks out sideways."""
    page.wait_for_load_state("domcontentloaded")
    page.evaluate(AXE)
    seen = page.evaluate(ASKED)
    told: list[str] = seen["told"]
    if seen["headings"] != 1:
        told.append(f"h1: {seen['headings']}")
    if seen["width"] > WIDTH:
        told.append(f"width: {seen['width']}")
    return told


def words(page: Page, where: str = "main") -> str:
    """What the page says there, blanks evened out."""
    page.wait_for_load_state("domcontentloaded")
    return " ".join(page.inner_text(where).split())
