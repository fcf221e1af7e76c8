"""Doing what the table says: once a night, or by hand; the second run finds nothing to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework import trail
from casework.parameters import Rules, rules_on
from oversight.keeping.categories import CATEGORIES, Category


@dataclass(frozen=True)
class Kept:
    """What became of one category: how many rows were due, and were done with."""

    category: Category
    before: datetime
    due: int


def run(at: datetime, *, dry: bool = False) -> list[Kept]:
    """Every category in its own transaction; a dry run says the same numbers and changes nothing.

    For that it does everything and takes all of it back: what one category takes away, another
    does not find again.
    """
    rules = rules_on(timezone.localdate(at))
    if not dry:
        return [_one(category, at, rules, noted=True) for category in CATEGORIES]
    with transaction.atomic():
        found = [_one(category, at, rules, noted=False) for category in CATEGORIES]
        transaction.set_rollback(True)
    return found


def _one(category: Category, at: datetime, rules: Rules, *, noted: bool) -> Kept:
    before = category.before(at, rules)
    with transaction.atomic():
        done = category.act(category.due(before), at)
        if done and noted:
            subject = f"retention:{category.code}:{done}"
            trail.record(tenant=0, actor=None, action="retention.done", subject=subject)
    return Kept(category, before, done)


def terms(rules: Rules) -> Iterator[tuple[Category, int]]:
    """The table with the numbers in force, for pages."""
    for category in CATEGORIES:
        if category.rule:
            yield category, rules.number(category.rule)
