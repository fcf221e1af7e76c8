"""What follows from casework's own steps."""

from django.db.backends.postgresql.psycopg_any import DateRange

from casework import announcing, changing, recounting
from casework.calendar import SATURDAY, working_calendar
from casework.models import (
    CalendarChange,
    CalendarDay,
    CalendarEdit,
    CalendarVersion,
    CalendarYear,
    Parameter,
    Rulebook,
    RuleChange,
)
from casework.process import Ask


def put_in_force(ask: Ask[RuleChange]) -> None:
    """The old value ends where the new one begins, in the edition of that day.

    Two changes for one day share its edition.
    """
    assert ask.by is not None  # noqa: S101  (a person confirms)
    change, old = ask.detail, ask.detail.replaces
    edition = _edition(change)
    Parameter.objects.filter(pk=old.pk).update(during=DateRange(old.during.lower, change.from_on))
    Parameter.objects.create(
        code=old.code,
        value=change.value,
        unit=old.unit,
        source=old.source,
        name_ru=old.name_ru,
        name_en=old.name_en,
        rulebook=edition,
        during=DateRange(change.from_on, None),
    )
    change.confirmed_by_id, change.rulebook = ask.by.user.pk, edition
    change.save(update_fields=["confirmed_by", "rulebook"])


def _edition(change: RuleChange) -> Rulebook:
    """The edition of that day; of two confirmations one waits for the other."""
    oldest = Parameter.objects.order_by("pk")[:1]
    list(Parameter.objects.select_for_update().filter(pk__in=oldest.values("pk")))
    newest = Rulebook.objects.order_by("-version").values_list("version", flat=True)[0]
    found, _made = Rulebook.objects.get_or_create(
        from_on=change.from_on, defaults={"version": newest + 1}
    )
    return found


def change_the_calendar(ask: Ask[CalendarChange]) -> None:
    """A new version of the calendar, and every running term counted by it: all or nothing."""
    assert ask.by is not None  # noqa: S101  (a person confirms)
    change = ask.detail
    # First of all, so that nobody who waits for a term holds what is written here.
    recounting.hold_still()
    change.version = _write_version(change, ask)
    effect = recounting.recount(working_calendar(), ask.at, beside=change.pk)
    announcing.tell_of_moves(effect.moved, change, by=ask.by.user.pk, at=ask.at)
    change.confirmed_by_id = ask.by.user.pk
    change.counted, change.moved, change.kept = effect.counted, len(effect.moved), len(effect.kept)
    change.save(update_fields=["confirmed_by", "version", "counted", "moved", "kept"])


def _write_version(change: CalendarChange, ask: Ask[CalendarChange]) -> CalendarVersion:
    now = working_calendar()
    days, _decreed = changing.standing(change, now)
    version = CalendarVersion.objects.create(number=now.version + 1, at=ask.at)
    after = {
        on: None if works == (on.weekday() < SATURDAY) else works for on, works in days.items()
    }
    CalendarEdit.objects.bulk_create(
        CalendarEdit(version=version, on=on, before=now.exceptions.get(on), after=works)
        for on, works in after.items()
    )
    CalendarDay.objects.filter(on__in=days).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(on=on, year_id=on.year, working=works)
        for on, works in after.items()
        if works is not None
    )
    act = f"№ {change.act_number}, {change.act_on:%d.%m.%Y}"
    CalendarYear.objects.filter(pk=change.year_id).update(decreed=change.decreed, source=act)
    return version
