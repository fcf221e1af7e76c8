"""What follows from checking people."""

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.process import Ask
from volunteers.models import CheckedBy, Demand, Outcome, RequirementChange
from volunteers.queries.requirements import last_demand
from volunteers.validity import last_day


def note_the_checker(ask: Ask[Outcome]) -> None:
    """Who checked, and through when it is valid; a declaration of one's own has no checker."""
    detail = ask.detail
    if ask.by is not None and detail.requirement.checked_by != CheckedBy.SELF:
        detail.checker_id = ask.by.user.pk
    if detail.valid_through is None:
        detail.valid_through = last_day(detail.on, detail.requirement.months)
    detail.save(update_fields=["checker", "valid_through"])


def note_the_second(ask: Ask[Outcome]) -> None:
    """Who confirmed or did not."""
    assert ask.by is not None  # noqa: S101  (only a person can be the second)
    ask.detail.second_id = ask.by.user.pk
    ask.detail.save(update_fields=["second"])


def let_it_count(ask: Ask[Outcome]) -> None:
    """From now on clearance rests on it."""
    _count(ask.detail, counts=True)


def let_it_count_no_more(ask: Ask[Outcome]) -> None:
    """Clearance rests on it no longer."""
    _count(ask.detail, counts=False)


def put_in_force(ask: Ask[RequirementChange]) -> None:
    """The last demand ends where the change begins, and where something is asked a new one does."""
    assert ask.by is not None  # noqa: S101  (a person approves)
    change, last = ask.detail, last_demand(ask.detail.requirement_id)
    if last and last.during.upper is None:
        last.during = DateRange(last.during.lower, change.from_on)
        last.save(update_fields=["during"])
    if change.tier:
        during = DateRange(change.from_on, None)
        change.demand = Demand.objects.create(
            requirement=change.requirement, tier=change.tier, during=during
        )
    change.approved_by_id = ask.by.user.pk
    change.save(update_fields=["approved_by", "demand"])


def _count(detail: Outcome, *, counts: bool) -> None:
    detail.counts = counts
    detail.save(update_fields=["counts"])
