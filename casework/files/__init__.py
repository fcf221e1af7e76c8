"""Files that people hand in: looked through, kept under their hash, given out by short links.

What a process needs: `take_in` (or `look` and `keep`, where the look should not hold a lock) and
`link`. The bytes lie outside the database and the web root; the row is the truth about them.
"""

from casework.files.intake import Looked, keep, look, take_in
from casework.files.links import link

__all__ = ["Looked", "keep", "link", "look", "take_in"]
