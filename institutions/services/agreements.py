"""Offering an agreement: written, signed for the writer's side and sent in one go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NotRequired, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, open_case, retried
from casework.opening import sent_before
from casework.process import Refused
from institutions.flows import AgreementFlow
from institutions.models import Agreement, AgreementType, Proposal
from institutions.rules.agreements import impossible_types
from registry.models import Institution, Ngo


class Terms(TypedDict):
    """What is agreed on: `types` are keys, `through_on` is the last valid day."""

    types: Sequence[int]
    from_on: date
    through_on: date
    visits_a_week: NotRequired[int]
    people_a_visit: NotRequired[int]
    note: NotRequired[str]


def offer_agreement(
    *,
    institution: Institution,
    ngo: Ngo,
    by: Acting,
    at: datetime,
    key: str,
    proposal: Proposal | None = None,
    **terms: Unpack[Terms],
) -> Agreement:
    """An agreement offered by the side that `by` acts for. Raises Refused with every reason.

    The same key gives the same agreement. `proposal` is the accepted one that it follows from.
    """
    if by.organisation is None or by.organisation.pk not in (institution.pk, ngo.pk):
        raise Refused(NOT_YOURS)
    side = by.organisation

    def offered() -> Agreement:
        if earlier := sent_before(AgreementFlow.offer, by, key):
            known: Agreement = earlier
            return known
        _judge(institution, ngo, terms["types"], terms["from_on"], at)
        deal = Agreement(
            institution=institution,
            ngo=ngo,
            during=DateRange(terms["from_on"], terms["through_on"] + timedelta(days=1)),
            visits_a_week=terms.get("visits_a_week", 7),
            people_a_visit=terms.get("people_a_visit", 5),
            offered_by=side,
            note=terms.get("note", ""),
            proposal=proposal,
        )
        _write(deal, terms["types"], by, at)
        AgreementFlow.offer(deal, by=by, at=at, key=key)
        return deal

    return retried(offered)


def counter_offer(
    deal: Agreement, *, by: Acting, at: datetime, key: str, **terms: Unpack[Terms]
) -> None:
    """Other terms than those offered, signed by the other side. Raises Refused with every reason.

    What the database would refuse is said in words first.
    """
    _judge(deal.institution, deal.ngo, terms["types"], terms["from_on"], at)
    AgreementFlow.counter(deal, by=by, at=at, key=key, **terms)


def _write(deal: Agreement, types: Sequence[int], by: Acting, at: datetime) -> None:
    """The case, the agreement in it, and what it covers."""
    deal.case = open_case(
        AgreementFlow,
        owner=deal.institution.organisation,
        asker=deal.ngo.organisation,
        at=at,
        by=by.user if isinstance(by.user, User) else None,
    )
    deal.save(force_insert=True)
    AgreementType.objects.bulk_create(
        AgreementType(agreement=deal, type_id=type_id) for type_id in dict.fromkeys(types)
    )


def _judge(
    institution: Institution, ngo: Ngo, types: Sequence[int], from_on: date, at: datetime
) -> None:
    """Before the database refuses what it would refuse anyway, say all of it in words."""
    today = at.astimezone(ZoneInfo(institution.organisation.zone)).date()
    if found := list(impossible_types(ngo, institution, types, max(from_on, today))):
        raise Refused(*found)
