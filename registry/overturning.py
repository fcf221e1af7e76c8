"""What follows when an appeal overturns a decision: in the same transaction, by nobody's hand.

A case that has ended stays as it was decided. A refusal is judged anew in a new case by other
eyes; a suspension is lifted; what an exclusion ended is registered again for the rest of its
period, under the old number with a stroke: periods are never changed, so a new row is written.
Agreements and visits that fell with it do not come back.
"""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from casework import ripple
from casework.engine import open_case
from casework.models import Case, Decision
from casework.process import Ask, Flow
from casework.ripple import Touched
from registry import applying
from registry.changing import said
from registry.flows import ChangeFlow, RegistrationFlow, SuspensionFlow
from registry.models import (
    Appeal,
    Application,
    Approved,
    Bar,
    Contested,
    NgoChange,
    Registration,
    Suspension,
)
from registry.queries.appeals import contested
from registry.queries.applications import open_application

COPIED = ("name", "short_name", "form", "head_name", "phone", "email", "site_url")


def listen() -> None:
    """Follow the decisions on appeals."""
    ripple.register("appeal", _touches, _settles)


def _touches(_ask: Ask[Appeal]) -> Iterable[Touched]:
    """Nothing that others have planned: it gives back, and takes nothing."""
    return ()


def _settles(ask: Ask[Appeal]) -> None:
    """What stood so far stands no more; what was lifted or ended meanwhile needs nothing."""
    found = contested(ask.detail.against)
    if found is not None:
        FOLLOWS[found.what](ask, found.decision)


def _apply_anew(ask: Ask[Appeal], refusal: Decision) -> None:
    """The refused application goes into review once more; a draft begun meanwhile gives way."""
    draft = open_application(ask.detail.ngo)
    if draft is not None:
        RegistrationFlow.give_way(draft, by=None, at=ask.at, key=f"{_key(ask)}:draft")
    refused = Application.objects.get(pk=refusal.case_id)
    anew = Application.objects.create(
        case=_case(ask, RegistrationFlow), ngo=ask.detail.ngo, appeal=ask.detail
    )
    _say_again(ask, refused, anew)
    RegistrationFlow.reopen(anew, by=None, at=ask.at, key=_key(ask))


def _lift(ask: Ask[Appeal], _decision: Decision) -> None:
    held = Suspension.objects.get(pk=ask.detail.against_id)
    SuspensionFlow.overturn(held, by=None, at=ask.at, key=_key(ask))


def _restore(ask: Ask[Appeal], exclusion: Decision) -> None:
    """Everything that the exclusion ended holds again; the NGO is barred from nothing."""
    Bar.objects.filter(case=exclusion.case_id, lifted_on=None).update(lifted_on=ask.on)
    excluded_on = exclusion.at.astimezone(ZoneInfo(ask.case.owner.zone)).date()
    ended = Registration.objects.filter(ngo=ask.detail.ngo, withdrawn_on=excluded_on)
    for old in ended.order_by("during"):
        if old.during.upper is None or old.during.upper > ask.on:
            _again(ask, old, exclusion.case_id)


def _again(ask: Ask[Appeal], old: Registration, excluded: int) -> None:
    begins = max(old.during.lower or ask.on, ask.on)
    alike = Registration.objects.filter(number__startswith=f"{old.number}/").count()
    new = Registration.objects.create(
        ngo=old.ngo,
        number=f"{old.number}/{alike + 2}",
        during=DateRange(begins, old.during.upper),
    )
    Approved.objects.bulk_create(
        Approved(registration=new, type_id=one.type_id, kind_id=one.kind_id)
        for one in old.approved.all()
    )
    application = Application.objects.filter(registration=old).first()
    if application is None:
        return
    if application.pk != excluded:
        # A renewal that had been granted already: its own case goes on with the new row.
        Application.objects.filter(pk=application.pk).update(registration=new)
        return
    case = _case(ask, RegistrationFlow)
    anew = Application.objects.create(case=case, ngo=old.ngo, registration=new, appeal=ask.detail)
    _say_again(ask, application, anew)
    RegistrationFlow.restore(anew, by=None, at=ask.at, key=_key(ask))


def _report_anew(ask: Ask[Appeal], refusal: Decision) -> None:
    refused = NgoChange.objects.select_related("ngo__organisation").get(pk=refusal.case_id)
    facts = {
        name: getattr(refused, name) for name in (*COPIED, "since_on", "due_on", "late", "why")
    }
    anew = NgoChange.objects.create(
        case=_case(ask, ChangeFlow),
        ngo=refused.ngo,
        was=said(refused.ngo),
        appeal=ask.detail,
        **facts,
    )
    ChangeFlow.reopen(anew, by=None, at=ask.at, key=_key(ask))


def _say_again(ask: Ask[Appeal], earlier: Application, later: Application) -> None:
    head = ask.case.opened_by
    assert head is not None  # noqa: S101  (somebody filed the appeal)
    applying.copy(earlier, later, by=head, at=ask.at)


def _case(ask: Ask[Appeal], flow: type[Flow[Application]] | type[Flow[NgoChange]]) -> Case:
    """A new case for what is given back; asked for by whoever filed the appeal."""
    asker = ask.detail.ngo.organisation
    by = ask.case.opened_by
    return open_case(flow, owner=ask.case.owner, asker=asker, by=by, at=ask.at)


def _key(ask: Ask[Appeal]) -> str:
    return f"appeal:{ask.case.pk}"


FOLLOWS: dict[Contested, Callable[[Ask[Appeal], Decision], None]] = {
    Contested.REFUSAL: _apply_anew,
    Contested.EXCLUSION: _restore,
    Contested.SUSPENSION: _lift,
    Contested.CHANGE: _report_anew,
}
