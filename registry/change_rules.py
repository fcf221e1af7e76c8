"""What must hold before a change of head or charter is reported or entered."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from registry.models import NgoChange, NgoFact, Registration

REPORTED = ("name", "short_name", "form", "head_name", "phone", "email", "site_url")
NAMED = ("name", "short_name", "form", "head_name")


def it_is_registered(ask: Ask[NgoChange]) -> Iterable[Objection]:
    """Who is not in the register changes its application instead."""
    if not Registration.objects.in_force(ask.on).filter(ngo=ask.detail.ngo_id).exists():
        yield Objection(
            "not_registered",
            _("No registration of the NGO holds, so there is nothing to change in the register."),
        )


def something_changes(ask: Ask[NgoChange]) -> Iterable[Objection]:
    """What is reported differs from what the register says."""
    change = ask.detail
    if all(getattr(change, name) == change.was.get(name, "") for name in REPORTED):
        yield Objection("nothing", _("Nothing differs from what the register says already."))


def it_has_happened(ask: Ask[NgoChange]) -> Iterable[Objection]:
    """A change is reported once it holds, and after the one before it."""
    since = ask.detail.since_on
    if since > ask.on:
        text = _("This day is still to come: report the change when it holds.")
        yield Objection("to_come", text, clears_on=since, field="since_on")
    last = NgoFact.objects.filter(ngo=ask.detail.ngo_id, during__upper_inf=True).first()
    if last is not None and since <= last.during.lower:
        text = _("The register already knows a change from %(day)s; this one must be later.")
        day = {"day": date_format(last.during.lower, "j E Y")}
        yield Objection("earlier", text % day, field="since_on")
