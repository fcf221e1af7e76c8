"""Everything that the trail is told has its words: nobody reads a code."""

import re
from pathlib import Path

from casework.process import Flow
from oversight.queries import actions
from tests.house.test_architecture import OUR_APPS, ROOT

WRITTEN = re.compile(r'action=(f?)"([^"]*[.{][^"]*)"')  # told apart from argparse by its dot


def written(folder: Path) -> set[tuple[bool, str]]:
    """Every action that the code of an app records; True where a part of it is filled in."""
    sources = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    found = (one for text in sources if "trail" in text for one in WRITTEN.findall(text))
    return {(bool(filled), action) for filled, action in found}


def test_every_action_is_said_in_words() -> None:
    told = {one for app in OUR_APPS for one in written(ROOT / app)}
    plain = {action for filled, action in told if not filled}
    assert len(plain) > 5
    assert [one for one in sorted(plain) if actions.words(one) == one] == []
    filled = {action.partition("{")[0] for is_filled, action in told if is_filled} - {""}
    known = [*actions.OTHERS, *Flow.by_kind]
    assert [one for one in filled if not any(k.startswith(one.rstrip(".")) for k in known)] == []


def test_whoever_was_turned_away_in_order_is_told_apart() -> None:
    codes = ("gate.refused", "gate.refused.in_order")
    assert len({str(actions.words(code)) for code in codes} - set(codes)) == 2
