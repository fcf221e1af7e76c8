"""An agreement is negotiated in versions, follows from a proposal, is suspended and renewed."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from casework.models import Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from casework.terms import last_day
from institutions.flows import AgreementFlow, ProposalFlow
from institutions.models import Agreement, AgreementState, AgreementVersion, Proposal, ProposalState
from institutions.queries.versions import compared, pieces
from institutions.services.agreements import counter_offer, offer_agreement
from tests import factories
from tests.institutions.doing import NOON, TODAY, agree, days, key, offer, type_
from tests.institutions.proposing import CONDITIONS, acting, again, send, take

pytestmark = pytest.mark.django_db
TERMS = {
    "types": [],
    "from_on": TODAY,
    "through_on": TODAY + days(100),
    "visits_a_week": 2,
    "people_a_visit": 3,
    "note": "Сменная обувь обязательна",
}


def terms(**other: object) -> dict[str, object]:
    return TERMS | {"types": [type_("T01"), type_("T05")]} | other


def counter(cast: SimpleNamespace, deal: Agreement, role: str, **other: object) -> None:
    counter_offer(deal, by=acting(cast, role), at=NOON, key=key(), **terms(**other))


def state(deal: Agreement) -> str:
    return Agreement.objects.select_related("case").get(pk=deal.pk).case.state


def test_the_other_side_offers_other_terms_and_the_first_one_signs(cast: SimpleNamespace) -> None:
    deal = offer(cast)
    counter(cast, deal, "director")
    found = Agreement.objects.get(pk=deal.pk)
    assert (state(deal), found.offered_by) == (AgreementState.OFFERED, cast.house.organisation)
    assert (found.people_a_visit, found.signed_for_offerer) == (3, cast.director)
    with pytest.raises(Refused) as refused:
        AgreementFlow.sign(deal, by=acting(cast, "director"), at=NOON, key=key())
    assert [one.code for one in refused.value.objections] == ["not_yours"]
    AgreementFlow.sign(deal, by=acting(cast, "head"), at=NOON, key=key())
    assert state(deal) == AgreementState.ACTIVE


def test_each_offer_begins_the_term_to_answer_anew(cast: SimpleNamespace) -> None:
    deal = offer(cast)
    later = NOON + days(7)
    by = acting(cast, "director")
    counter_offer(deal, by=by, at=later, key=key(), **terms())
    running = Term.objects.get(case=deal.pk, name="answer", stopped_at=None)
    assert (running.started_at, last_day(running)) == (later, TODAY + days(29))
    assert Term.objects.filter(case=deal.pk, name="answer").count() == 2


def test_every_version_is_kept_with_its_hash_and_shows_what_it_changed(
    cast: SimpleNamespace,
) -> None:
    deal = offer(cast, note="Обувь обязательна")
    counter(cast, deal, "director")
    newest, first = compared(Agreement.objects.get(pk=deal.pk))
    assert [newest.version.number, first.version.number] == [2, 1]
    assert newest.version.sha256 != first.version.sha256
    changed = {str(row.label): row.pieces for row in newest.rows if row.changed}
    assert len(changed) == 5
    assert not any(row.changed for row in first.rows)


def test_what_differs_is_found_word_by_word() -> None:
    found = pieces(["обувь", "обязательна"], ["сменная", "обувь", "нужна"])
    assert [(one.text, one.how) for one in found] == [
        ("сменная", "ins"),
        ("обувь", ""),
        ("обязательна", "del"),
        ("нужна", "ins"),
    ]


def test_a_version_is_never_changed(cast: SimpleNamespace) -> None:
    version = offer(cast).versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementVersion.objects.filter(pk=version.pk).update(number=9)


def test_the_agreement_of_a_proposal_brings_it_to_its_end(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    deal = follow(cast, proposal)
    assert again(proposal).case.state == ProposalState.ACCEPTED
    AgreementFlow.sign(deal, by=acting(cast, "director"), at=NOON, key=key())
    assert again(proposal).case.state == ProposalState.AGREED
    assert not again(proposal).case.terms.filter(stopped_at=None).exists()


def follow(cast: SimpleNamespace, proposal: Proposal, role: str = "head") -> Agreement:
    return offer_agreement(
        institution=cast.house,
        ngo=cast.ngo,
        by=acting(cast, role),
        at=NOON,
        key=key(),
        proposal=again(proposal),
        **terms(),
    )


def test_only_one_agreement_at_a_time_follows_from_a_proposal(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    deal = follow(cast, proposal)
    with pytest.raises(Refused) as refused:
        follow(cast, proposal, "director")
    assert [one.code for one in refused.value.objections] == ["another"]
    declined = {"code": "R9", "reason": "Передумали"}
    AgreementFlow.decline(deal, by=acting(cast, "director"), at=NOON, key=key(), **declined)
    assert state(follow(cast, proposal, "director")) == AgreementState.OFFERED


def test_what_follows_from_a_withdrawn_proposal_is_not_signed(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    deal = follow(cast, proposal)
    take(ProposalFlow.withdraw, proposal, cast, "head", NOON, reason="Передумали")
    with pytest.raises(Refused) as refused:
        AgreementFlow.sign(deal, by=acting(cast, "director"), at=NOON, key=key())
    assert [one.code for one in refused.value.objections] == ["proposal"]


def test_days_that_have_passed_are_not_offered_instead(cast: SimpleNamespace) -> None:
    deal = offer(cast)
    with pytest.raises(Refused) as refused:
        counter(cast, deal, "director", from_on=TODAY - days(9), through_on=TODAY - days(1))
    assert [one.field for one in refused.value.objections] == ["through_on"]


def test_an_agreement_follows_only_from_a_proposal_of_its_own_sides(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    stranger = factories.ngo()
    factories.member(stranger.organisation, "head")
    deal = offer(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=deal.pk).update(ngo=stranger, proposal=proposal)


def test_a_suspended_agreement_covers_nothing_until_it_holds_again(cast: SimpleNamespace) -> None:
    deal = agree(cast)
    until = {"through_on": TODAY + days(5), "reason": "Ремонт"}
    AgreementFlow.suspend(deal, by=acting(cast, "director"), at=NOON, key=key(), **until)
    assert list(Agreement.objects.in_force(TODAY)) == []
    with pytest.raises(Refused):
        AgreementFlow.resume(deal, by=acting(cast, "head"), at=NOON, key=key())
    assert (sweep(NOON + days(5)), sweep(NOON + days(6))) == (0, 1)
    assert list(Agreement.objects.in_force(TODAY)) == [deal]


def test_whoever_ends_it_early_warns_in_time(cast: SimpleNamespace) -> None:
    deal = agree(cast)
    early = {"last_on": TODAY + days(9), "reason": "Переезд"}
    with pytest.raises(Refused) as refused:
        AgreementFlow.end(deal, by=acting(cast, "head"), at=NOON, key=key(), **early)
    assert [one.code for one in refused.value.objections] == ["notice"]
    in_time = {"last_on": TODAY + days(10), "reason": "Переезд"}
    AgreementFlow.end(deal, by=acting(cast, "head"), at=NOON, key=key(), **in_time)
    assert state(deal) == AgreementState.ENDING


def test_both_sides_are_reminded_once_before_the_end(cast: SimpleNamespace) -> None:
    agree(cast, through_on=TODAY + days(69))
    for _ in range(3):
        sweep(NOON + days(10))
    told = Notice.objects.filter(kind="agreement_remind").values_list("person", flat=True)
    assert sorted(told) == sorted(
        [cast.head.pk, cast.coordinator.pk, cast.director.pk, cast.desk.pk]
    )
