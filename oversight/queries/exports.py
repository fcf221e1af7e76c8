"""What is seen of the audit trail, as a table for a spreadsheet program."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Acting
from oversight.queries import audit

LARGEST = 5000


def export(asked: audit.Asked, by: Acting) -> Iterator[list[str]]:
    """Headings, rows, and a last line in words when there are more rows than one file takes."""
    found = audit.page(asked, by, after=None, size=LARGEST)
    yield [
        _("When"),
        _("Who"),
        _("E-mail"),
        _("What was done"),
        _("Action"),
        _("Case"),
        _("Organisation"),
        _("Subject of the entry"),
        _("Chain"),
        _("Number in the chain"),
        _("Digest of values"),
    ]
    yield from (_line(line) for line in found.lines)
    if found.after:
        words = _(
            "Only the newest %(limit)d entries are here. Narrow the search to see the others."
        )
        yield [words % {"limit": LARGEST}]


def _line(line: audit.Line) -> list[str]:
    entry, case = line.entry, line.case
    return [
        timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds"),
        str(line.actor or ""),
        line.actor.email if line.actor else "",
        str(line.words),
        entry.action,
        case.ref if case else "",
        case.owner.short_name if case else "",
        entry.subject,
        str(entry.chain),
        str(entry.seq),
        entry.digest,
    ]
