"""How long an outcome is valid: whole months, the last day inclusive."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = 12
ONE_DAY = timedelta(days=1)


def months_after(on: date, months: int) -> date:
    """The same day so many months later (negative: earlier), or a shorter month's last day."""
    year, month = divmod(on.year * MONTHS + on.month - 1 + months, MONTHS)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def last_day(on: date, months: int | None) -> date | None:
    """The last valid day of an outcome of this day; None without an end."""
    return None if months is None else months_after(on, months) - ONE_DAY
