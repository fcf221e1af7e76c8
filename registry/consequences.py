"""What follows from deciding on an application or a suspension."""

from dateutil.relativedelta import relativedelta
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from casework.process import Ask
from registry.importing.writing import lock_numbers, next_numbers
from registry.models import (
    Appeal,
    Application,
    Approved,
    Bar,
    NgoChange,
    NgoFact,
    Registration,
    Suspension,
)
from registry.queries.applications import renewal


def note_the_checker(ask: Ask[Application]) -> None:
    """Who made the formal check: somebody else decides."""
    assert ask.by is not None  # noqa: S101  (a registrar's step)
    ask.detail.checked_by_id = ask.by.user.pk
    ask.detail.save(update_fields=["checked_by"])


def name_the_defects(ask: Ask[Application]) -> None:
    """The coded list, kept with the day it was given."""
    ask.detail.defects = list(ask.answer("defects") or ())
    ask.detail.returned_at = ask.at
    ask.detail.save(update_fields=["defects", "returned_at"])


def write_the_registration(ask: Ask[Application]) -> None:
    """A number, a period, and what exactly is allowed; a renewal begins where the last one ends."""
    lock_numbers()
    first = renewal(ask.detail.ngo_id, ask.on).starts_on or ask.on
    months = ask.rules.number("registration.valid")
    registration = Registration.objects.create(
        ngo=ask.detail.ngo,
        number=next_numbers([first.year])[0],
        during=DateRange(first, first + relativedelta(months=months)),
    )
    pairs = [pair.split("-") for pair in ask.answer("granted")]
    Approved.objects.bulk_create(
        Approved(registration=registration, type_id=int(type_id), kind_id=int(kind_id))
        for type_id, kind_id in pairs
    )
    ask.detail.registration = registration
    ask.detail.save(update_fields=["registration"])


def end_the_registration(ask: Ask[Application]) -> None:
    """From today no registration of the NGO holds; rows and periods stay as they were."""
    kept = Registration.objects.filter(ngo=ask.detail.ngo, withdrawn_on=None)
    lasting = Q(during__upper_inf=True) | Q(during__endswith__gt=ask.on)
    kept.filter(lasting).update(withdrawn_on=ask.on)


def bar_the_ngo(ask: Ask[Application]) -> None:
    """It may not apply again before so many months have passed; after a liquidation, at once."""
    if months := ask.answer("months"):
        Bar.objects.create(
            ngo=ask.detail.ngo,
            case=ask.case,
            ground=ask.answer("code"),
            from_on=ask.on,
            until_on=ask.on + relativedelta(months=months),
        )


def hold_back(ask: Ask[Suspension]) -> None:
    """The suspension counts, with its ground; from now on the NGO sees the case and is told."""
    ask.detail.suspended_at, ask.detail.ground = ask.at, ask.answer("reason")
    ask.detail.save(update_fields=["suspended_at", "ground"])
    ask.case.asker = ask.detail.ngo.organisation
    ask.case.save(update_fields=["asker"])


def let_go(ask: Ask[Suspension]) -> None:
    """The suspension counts no longer from today; the last day written stays as it was."""
    ask.detail.lifted_on = ask.on
    ask.detail.save(update_fields=["lifted_on"])


def take_the_appeal_back(ask: Ask[Appeal]) -> None:
    """From now on another appeal against the same decision may be filed."""
    ask.detail.withdrawn_at = ask.at
    ask.detail.save(update_fields=["withdrawn_at"])


def enter_the_change(ask: Ask[NgoChange]) -> None:
    """The register says the new from now on, and keeps until when the old held."""
    close_the_change(ask)
    change, ngo = ask.detail, ask.detail.ngo
    organisation = ngo.organisation
    old = {"name": organisation.name, "short_name": organisation.short_name}
    old |= {"form": ngo.form, "head_name": ngo.head_name}
    _keep_the_facts(change, old)
    for name in ("name", "short_name"):
        setattr(organisation, name, getattr(change, name))
    for name in ("form", "head_name", "phone", "email", "site_url"):
        setattr(ngo, name, getattr(change, name))
    organisation.save(update_fields=["name", "short_name"])
    ngo.save(update_fields=["form", "head_name", "phone", "email", "site_url"])


def close_the_change(ask: Ask[NgoChange]) -> None:
    """The NGO may report another change."""
    ask.detail.closed_at = ask.at
    ask.detail.save(update_fields=["closed_at"])


def _keep_the_facts(change: NgoChange, old: dict[str, str]) -> None:
    new = {name: getattr(change, name) for name in old}
    if new == old:
        return
    last = NgoFact.objects.filter(ngo=change.ngo, during__upper_inf=True).first()
    if last is None:
        before = DateRange(None, change.since_on)
        NgoFact.objects.create(ngo=change.ngo, during=before, **old)
    else:
        last.during = DateRange(last.during.lower, change.since_on)
        last.save(update_fields=["during"])
    NgoFact.objects.create(ngo=change.ngo, during=DateRange(change.since_on, None), **new)
