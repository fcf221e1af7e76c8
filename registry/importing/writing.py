"""Write what was planned, set by set: a query per table, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import connection, models

from accounts.models import Organisation
from registry.importing.planning import Target
from registry.models import Approved, Institution, Ngo, Registration, Site

M = TypeVar("M", bound=models.Model)
NUMBERING = 20150209  # any number of our own: whoever gives register numbers holds this lock
# What a file may change; everything else of these rows is decided here.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("name", "short_name", "inn"),
    Institution: ("kind", "beds", "phone", "email", "head_name", "regime"),
    Ngo: ("form", "head_name", "phone", "email", "site_url"),
    Site: ("district", "address", "latitude", "longitude"),
}


def lock_numbers() -> None:
    """Until the transaction ends nobody else gives numbers or writes a register file."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [NUMBERING])


def next_numbers(years: Iterable[int]) -> list[str]:
    """The next free register number for each of these years; hold `lock_numbers`."""
    last = defaultdict(int, Registration.objects.last_numbers())
    numbers = []
    for year in years:
        last[year] += 1
        numbers.append(f"НКО-{year}-{last[year]:04}")
    return numbers


def write(targets: Sequence[Target]) -> None:
    """Save organisations first, then what hangs on them."""
    _save(Organisation, [t.organisation for t in targets], targets)
    for target in targets:
        target.detail.organisation = target.organisation
    institutions = [t.detail for t in targets if isinstance(t.detail, Institution)]
    _save(Institution, institutions, targets)
    _save(Ngo, [t.detail for t in targets if isinstance(t.detail, Ngo)], targets)
    for target in targets:
        if target.site is not None and isinstance(target.detail, Institution):
            target.site.institution = target.detail
    _save(Site, [t.site for t in targets if t.site is not None], targets)
    _register([t for t in targets if t.registration is not None])


def _save(model: type[M], rows: Sequence[M], targets: Sequence[Target]) -> None:
    changed = {id(row) for target in targets for row in target.changed}
    old = [row for row in rows if id(row) in changed and not row._state.adding]
    model._default_manager.bulk_create([row for row in rows if row._state.adding])
    model._default_manager.bulk_update(old, COLUMNS[model])


def _register(targets: Sequence[Target]) -> None:
    pairs = [(t, t.registration) for t in targets if t.registration is not None]
    numbers = next_numbers(registration.during.lower.year for _, registration in pairs)
    for (target, registration), number in zip(pairs, numbers, strict=True):
        registration.ngo_id, registration.number = target.organisation.pk, number
    Registration.objects.bulk_create(registration for _, registration in pairs)
    Approved.objects.bulk_create(
        Approved(registration=registration, type_id=type_id, kind_id=kind_id)
        for target, registration in pairs
        for type_id, kind_id in target.approved
    )
