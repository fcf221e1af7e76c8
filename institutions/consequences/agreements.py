"""What a signature, another offer, a pause or an early end writes into an agreement."""

import hashlib
import json
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from casework.process import Ask, Flow
from institutions.models import Agreement, AgreementType, AgreementVersion, ProposalState
from institutions.models.proposals import ONE_DAY


def sign_for_offerer(ask: Ask[Agreement]) -> None:
    """Whoever offers has signed by it."""
    assert ask.by is not None  # noqa: S101  (the clock offers nothing)
    ask.detail.signed_for_offerer_id = ask.by.user.pk
    ask.detail.save(update_fields=["signed_for_offerer"])


def take_over_the_offer(ask: Ask[Agreement]) -> None:
    """What the other side wants instead is now the offer, and that side has signed it."""
    deal, given = ask.detail, ask.answers
    assert ask.by is not None  # noqa: S101  (a person's step)
    assert ask.by.organisation is not None  # noqa: S101  (in the hat of a side)
    deal.during = DateRange(given["from_on"], given["through_on"] + ONE_DAY)
    deal.visits_a_week, deal.people_a_visit = given["visits_a_week"], given["people_a_visit"]
    deal.note, deal.offered_by = given["note"], ask.by.organisation
    deal.signed_for_offerer_id = ask.by.user.pk
    # The database judges types for the term they are covered in.
    deal.covered.all().delete()
    deal.save()
    AgreementType.objects.bulk_create(
        AgreementType(agreement=deal, type_id=type_id) for type_id in given["types"]
    )


def keep_the_version(ask: Ask[Agreement]) -> None:
    """What was offered, as a whole, with its hash: signatures are under one version."""
    deal = ask.detail
    assert ask.by is not None  # noqa: S101  (a person's step)
    body = body_of(deal)
    AgreementVersion.objects.create(
        agreement=deal,
        number=deal.versions.count() + 1,
        side=deal.offered_by,
        author=cast(User, ask.by.user),
        at=ask.at,
        body=body,
        sha256=hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest(),
    )


def sign_for_other(ask: Ask[Agreement]) -> None:
    """The second signature: from now on it holds."""
    assert ask.by is not None  # noqa: S101  (the clock signs nothing)
    ask.detail.signed_for_other_id = ask.by.user.pk
    ask.detail.signed_at = ask.at
    ask.detail.save(update_fields=["signed_for_other", "signed_at"])


def conclude_the_proposal(ask: Ask[Agreement]) -> None:
    """The proposal it follows from has come to its good end."""
    proposal = ask.detail.proposal
    if proposal is None or proposal.case.state != ProposalState.ACCEPTED:
        return
    step = Flow.by_kind["proposal"].steps["conclude"]
    step(proposal, by=None, at=ask.at, key=f"signed:{ask.case.pk}")


def suspend(ask: Ask[Agreement]) -> None:
    """It holds nothing through the day that was named; the side that said so may lift it."""
    assert ask.by is not None  # noqa: S101  (a side's step)
    ask.detail.suspended_through = ask.answer("through_on")
    ask.detail.suspended_by = ask.by.organisation
    ask.detail.save(update_fields=["suspended_through", "suspended_by"])


def resume(ask: Ask[Agreement]) -> None:
    """It holds again."""
    ask.detail.suspended_through = ask.detail.suspended_by = None
    ask.detail.save(update_fields=["suspended_through", "suspended_by"])


def set_the_last_day(ask: Ask[Agreement]) -> None:
    """It holds through the day that was named."""
    ask.detail.ended_on = ask.answer("last_on")
    ask.detail.save(update_fields=["ended_on"])


def body_of(deal: Agreement) -> dict[str, Any]:
    """What the sides agree on, in plain values that a hash can be taken of."""
    body = {
        "types": sorted(deal.covered.values_list("type__code", flat=True)),
        "from_on": deal.during.lower,
        "through_on": deal.during.upper - ONE_DAY,
        "visits_a_week": deal.visits_a_week,
        "people_a_visit": deal.people_a_visit,
        "note": deal.note,
    }
    plain: dict[str, Any] = json.loads(json.dumps(body, cls=DjangoJSONEncoder))
    return plain
