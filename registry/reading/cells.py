"""From a cell as people fill it in to a clean value, or a Fault that says what to mend."""

import re
import unicodedata
from datetime import date, datetime

from django.utils.translation import gettext as _

from registry.numbers import clean_inn, clean_number, is_inn, is_ogrn
from registry.reading.rows import Fault

# One local part, one domain with a dot, no blanks; whether it exists only a letter can tell.
MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w](?:[\w-]*[\w])?(?:\.[\w](?:[\w-]*[\w])?)+")
LONGEST_COUNT = 9  # digits
HALF_CIRCLE = 180
NATIONAL = 10  # digits of a Russian number without its country code
EXTENSION = re.compile(r"(?:доб|ext|вн)\D*(\d+)\s*$", re.IGNORECASE)


def text(cell: object) -> str:
    """The cell's text with runs of blanks, hard spaces and line ends made one space."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    whole = unicodedata.normalize("NFC", str(cell))  # some programs write й as и and a breve
    return " ".join(whole.replace("\ufeff", "").split())


def folded(cell: object) -> str:
    """For comparing: no case, ё as е, every dash a hyphen, no closing punctuation."""
    plain = text(cell).casefold().replace("ё", "е")
    return re.sub(r"\s*[‐‑‒–—-]\s*", "-", plain).strip(" .:*")


def name(cell: object) -> str:
    """A name that must be there."""
    found = text(cell)
    if not found:
        raise Fault("no_name", _("The name is missing. Fill it in."))
    return found


def inn(cell: object, *lengths: int) -> str:
    """A sound INN of one of these lengths."""
    digits = clean_inn(cell)
    if len(digits) not in lengths or not is_inn(digits):
        message = _("INN “%(number)s” is not valid: check its digits.") % {"number": text(cell)}
        raise Fault("bad_inn", message)
    return digits


def ogrn(cell: object, *lengths: int) -> str:
    """A sound OGRN of one of these lengths."""
    digits = clean_number(cell)
    if len(digits) not in lengths or not is_ogrn(digits):
        message = _("OGRN “%(number)s” is not valid: check its digits.") % {"number": text(cell)}
        raise Fault("bad_ogrn", message)
    return digits


def day(cell: object) -> date:
    """A date: a date cell, or text as dd.mm.yyyy."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return datetime.strptime(text(cell), "%d.%m.%Y").date()
    except ValueError:
        message = _("“%(text)s” is not a date. Write it as 31.12.2026.") % {"text": text(cell)}
        raise Fault("bad_date", message) from None


def mail(cell: object) -> str:
    """A well-formed e-mail address in lower case."""
    found = text(cell).casefold()
    if not MAIL.fullmatch(found) or ".." in found:
        message = _("“%(text)s” is not an e-mail address.") % {"text": text(cell)}
        raise Fault("bad_mail", message)
    return found


def mail_if_any(cell: object) -> str:
    """As `mail`, but the cell may be empty."""
    return mail(cell) if text(cell) else ""


def phone(cell: object) -> str:
    """A Russian number as +7XXXXXXXXXX, with `;ext=` for an extension; another stays as written."""
    written = text(cell)
    extension = EXTENSION.search(written)
    digits = re.sub(r"\D", "", written[: extension.start()] if extension else written)
    if len(digits) == NATIONAL + 1 and digits[0] in "78":
        digits = digits[1:]
    if len(digits) != NATIONAL:
        return written
    return f"+7{digits}" + (f";ext={extension[1]}" if extension else "")


def count(cell: object) -> int | None:
    """A whole number, or None when the cell holds none."""
    digits = clean_number(cell)
    sound = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_COUNT
    return int(digits) if sound else None


def degrees(cell: object) -> float | None:
    """A coordinate in degrees, with a decimal point or comma, or None."""
    try:
        found = float(text(cell).replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) <= HALF_CIRCLE else None


def listed(cell: object) -> tuple[str, ...]:
    """The parts of a cell that lists several things with `;` or `,`."""
    return tuple(part for part in (text(p) for p in re.split(r"[;,]", text(cell))) if part)
