"""What the reading of a register yields: clean rows, rejected rows, or a refusal of the file."""

from dataclasses import dataclass, field
from datetime import date


class NotARegister(Exception):
    """The file as a whole cannot be read; the message says what was expected."""


class Fault(Exception):
    """One thing wrong with one row: a code for machines, a sentence for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.reason_code = code
        self.reason = reason


@dataclass(frozen=True)
class Where:
    """Where a row stands. `row` is «№ п/п» in a workbook, the data row's number in a CSV.

    `row` is None where a workbook's row has no number; `line` is the line of the sheet, from 1.
    """

    sheet: str
    row: int | None
    line: int

    @property
    def place(self) -> "Where":
        """Only where it stands, without what it says."""
        return Where(self.sheet, self.row, self.line)


@dataclass(frozen=True)
class Rejected(Where):
    """A row that was not taken, and why; `label` is its name as it was written."""

    reason_code: str
    reason: str
    label: str = ""


@dataclass(frozen=True)
class InstitutionRow(Where):
    """One institution as the register keeps it; `regime` stays as it was written."""

    name: str
    short_name: str
    kind: str
    inn: str
    ogrn: str
    okrug: str
    district: str
    address: str
    phone: str
    email: str
    head: str
    beds: int | None
    regime: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class NgoRow(Where):
    """One NGO; `valid_through` is the last valid day, inclusive."""

    name: str
    short_name: str
    form: str
    inn: str
    ogrn: str
    head: str
    phone: str
    email: str
    site: str
    types: tuple[str, ...]
    registered_on: date
    valid_through: date


@dataclass(frozen=True)
class VolunteerRow(Where):
    """One person; `minor` = 14 to 17 years old: needs a parent's consent, no contact work."""

    last_name: str
    first_name: str
    middle_name: str
    born_on: date
    email: str
    phone: str
    languages: tuple[str, ...]
    experience: str
    minor: bool


@dataclass(frozen=True)
class Reading:
    """A whole file: what can be taken and what cannot, in the file's order."""

    institutions: tuple[InstitutionRow, ...] = ()
    ngos: tuple[NgoRow, ...] = ()
    volunteers: tuple[VolunteerRow, ...] = ()
    rejected: tuple[Rejected, ...] = field(default=())

    @property
    def good(self) -> int:
        """How many rows can be taken."""
        return len(self.institutions) + len(self.ngos) + len(self.volunteers)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.good + len(self.rejected)
