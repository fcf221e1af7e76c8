"""Offering an agreement: written, signed for the writer's side and sent in one go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, open_case, retried
from casework.models import Decision
from casework.process import Refused
from institutions.flows import AgreementFlow
from institutions.models import Agreement, AgreementType, Proposal
from institutions.rules.agreements import impossible_types
from registry.models import Institution, Ngo


def offer_agreement(
    *,
    institution: Institution,
    ngo: Ngo,
    types: Sequence[int],
    from_on: date,
    through_on: date,
    by: Acting,
    at: datetime,
    key: str,
    visits_a_week: int = 7,
    people_a_visit: int = 5,
    note: str = "",
    proposal: Proposal | None = None,
) -> Agreement:
    """An agreement offered by the side that `by` acts for. Raises Refused with every reason.

    The same key gives the same agreement. `types` are keys, `through_on` the last valid day.
    `proposal` is the accepted one that it follows from.
    """
    if by.organisation is None or by.organisation.pk not in (institution.pk, ngo.pk):
        raise Refused(NOT_YOURS)
    side = by.organisation

    def offered() -> Agreement:
        if earlier := _by_key(by, key):
            return earlier
        _judge(institution, ngo, types, from_on, at)
        deal = Agreement(
            institution=institution,
            ngo=ngo,
            during=DateRange(from_on, through_on + timedelta(days=1)),
            visits_a_week=visits_a_week,
            people_a_visit=people_a_visit,
            offered_by=side,
            note=note,
            proposal=proposal,
        )
        _write(deal, types, by, at)
        AgreementFlow.offer(deal, by=by, at=at, key=key)
        return deal

    return retried(offered)


def counter_offer(deal: Agreement, *, by: Acting, at: datetime, key: str, **terms: Any) -> None:
    """Other terms than those offered, signed by the other side. Raises Refused with every reason.

    `terms` are those of `offer_agreement`; what the database would refuse is said in words first.
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


def _by_key(by: Acting, key: str) -> Agreement | None:
    """The agreement that this form has already made."""
    sent = Decision.objects.filter(key=f"{by.user.pk}:{key}", step=AgreementFlow.offer.name)
    return Agreement.objects.filter(case__in=sent.values("case")).first()
