"""From one case to another: what can be begun on a page of its own because of this one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.process import Text


@dataclass(frozen=True)
class Way:
    """A link that stands where the steps of a case are offered, and a sentence on it."""

    label: "Text"
    url: str
    note: "Text" = ""
