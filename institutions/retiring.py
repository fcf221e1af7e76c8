"""What becomes of agreements when a type of interaction is retired or leaves their kind."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.process import Ask
from casework.ripple import Touched
from casework.telling import tell
from institutions.flows import AgreementFlow
from institutions.models import SIGNED, Agreement
from institutions.parties import coordinators, desk
from registry.models import TypeChange
from registry.queries.types import last_names

W = TypeChange.What
TAKEN_OUT = _("the agreement stays; this type is no longer part of it")


def type_change_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Agreements that cover a type which is retired or not meant for that kind any more."""
    return [
        Touched(deal.case.ref, AgreementFlow.heading(deal), 0, TAKEN_OUT) for deal in _covering(ask)
    ]


def type_change_settles(ask: Ask[Any]) -> None:
    """Both sides are told; what they signed stays as it was written."""
    for deal in _covering(ask):
        sides = [party.people(deal, ask.on).values("pk") for party in (coordinators, desk)]
        change, named = ask.detail, last_names(ask.detail.type_id)
        values = AgreementFlow.facts(deal) | {
            "code": change.type.code,
            "type_ru": named.name_ru,
            "type_en": named.name_en,
            "gone_on": change.from_on.isoformat(),
            "why": change.why,
        }
        tell(
            User.objects.filter(Q(pk__in=sides[0]) | Q(pk__in=sides[1])),
            kind="agreement_type_gone",
            values=values,
            at=ask.at,
            key=f"type_gone:{ask.case.pk}:{deal.pk}",
            case=deal.case,
        )


def _covering(ask: Ask[Any]) -> QuerySet[Agreement, Any]:
    change = ask.detail
    if change.what == W.PROCEDURE:
        return Agreement.objects.none()
    kinds = change.content.get("kinds", [])
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gte=change.from_on)
    signed = Agreement.objects.filter(lasting, case__state__in=SIGNED)
    found = signed.filter(covered__type=change.type_id, during__endswith__gt=change.from_on)
    related = found.select_related("case", *AgreementFlow.related)
    return related.exclude(institution__kind__code__in=kinds).order_by("pk")
