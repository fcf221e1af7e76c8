"""Papers: what was proposed, decided or agreed, printed so that it can be shown and checked.

A process calls `issue` where the thing happens; `pdf` makes the bytes whenever they are wanted,
the same every time. What each kind is made from stands in `contents`.
"""

from casework.papers.issuing import issue, withdraw
from casework.papers.printing import pdf

__all__ = ["issue", "pdf", "withdraw"]
