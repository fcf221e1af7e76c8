"""Proposals of the stories' NGO, each somewhere on its way."""

from types import SimpleNamespace
from typing import Any

from institutions.flows import ProposalFlow
from institutions.models import Agreement, EnclosureKind, FounderReview
from institutions.services.agreements import counter_offer, offer_agreement
from institutions.services.enclosures import enclose
from tests.institutions import doing, proposing
from tests.uploads import pdf, upload
from tests.visits import receiving as make

REFUSAL = {"code": "R5", "reason": "Мало часов", "assessment": ""}


def propose(cast: SimpleNamespace) -> None:
    """One is written, one waits, one is before the founder, one leads to an agreement."""
    at = make.NOON
    cast.draft = proposing.draft(cast, at=at, programme="Шахматы по субботам")
    cast.enclosed = enclose(
        cast.draft, EnclosureKind.PROGRAMME, upload(pdf(), "план.pdf"), by=cast.coordinator, at=at
    )
    cast.proposal = proposing.send(cast, at=at)
    cast.contested = proposing.send(cast, at=at)
    proposing.take(ProposalFlow.refuse, cast.contested, cast, "director", at, **REFUSAL)
    why = {"reason": "Часы названы"}
    proposing.take(ProposalFlow.ask_founder, cast.contested, cast, "head", at, **why)
    cast.review = FounderReview.objects.select_related("case").get(proposal=cast.contested)
    cast.accepted = proposing.send(cast, at=at)
    proposing.take(ProposalFlow.accept, cast.accepted, cast, "director", at, **proposing.CONDITIONS)
    cast.countered = agree(cast)


def agree(cast: SimpleNamespace) -> Agreement:
    """The director writes the agreement, the head wants other terms."""
    at, day = make.NOON, make.TODAY
    terms: dict[str, Any] = {
        "types": [doing.type_("T01")],
        "from_on": day,
        "through_on": day + doing.days(200),
        "visits_a_week": 1,
        "people_a_visit": 3,
    }
    by = proposing.acting(cast, "director", at)
    sides: dict[str, Any] = {"institution": cast.house, "ngo": cast.ngo}
    proposal = proposing.again(cast.accepted)
    deal = offer_agreement(**sides, **terms, by=by, at=at, key=make.key(), proposal=proposal)
    other = terms | {"people_a_visit": 4, "note": "Сменная обувь"}
    counter_offer(deal, by=proposing.acting(cast, "head", at), at=at, key=make.key(), **other)
    return deal
