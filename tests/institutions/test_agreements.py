"""Two sides, two signatures; only what is registered, fits and is in force."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from casework.models import Case, Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from casework.terms import last_day
from institutions.flows import AgreementFlow
from institutions.models import Agreement, AgreementState
from institutions.queries import agreements
from registry.models import Institution, Kind, Registration, Type
from tests import factories
from tests.institutions.doing import DAY, NOON, TODAY, agree, days, key, offer, type_

pytestmark = pytest.mark.django_db


def state(deal: Agreement) -> str:
    return Case.objects.get(pk=deal.pk).state


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


def acting(cast: SimpleNamespace, role: str) -> object:
    return factories.acting(getattr(cast, role), TODAY, role)


def heard(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def test_the_ngo_offers_and_the_director_signs(cast: SimpleNamespace) -> None:
    deal = offer(cast)
    assert (state(deal), heard("agreement_offer")) == (AgreementState.OFFERED, {cast.director.pk})
    AgreementFlow.sign(deal, by=acting(cast, "director"), at=NOON, key=key())
    deal = Agreement.objects.get(pk=deal.pk)
    assert state(deal) == AgreementState.ACTIVE
    assert (deal.signed_for_offerer, deal.signed_for_other) == (cast.head, cast.director)
    assert deal.signed_at == NOON
    assert heard("agreement_sign") == {cast.head.pk, cast.coordinator.pk, cast.desk.pk}


def test_the_director_offers_and_the_head_signs(cast: SimpleNamespace) -> None:
    deal = offer(cast, by="director")
    assert heard("agreement_offer") == {cast.head.pk}
    with pytest.raises(Refused) as refused:
        AgreementFlow.sign(deal, by=acting(cast, "director"), at=NOON, key=key())
    assert codes(refused) == ["not_yours"]
    AgreementFlow.sign(deal, by=acting(cast, "head"), at=NOON, key=key())
    assert state(deal) == AgreementState.ACTIVE


@pytest.mark.parametrize("role", ["coordinator", "desk", "registrar"])
def test_only_a_head_or_a_director_offers(cast: SimpleNamespace, role: str) -> None:
    with pytest.raises(Refused) as refused:
        offer(cast, by=role)
    assert codes(refused) == ["not_yours"]


def test_whoever_wears_a_hat_of_the_offering_side_cannot_sign(cast: SimpleNamespace) -> None:
    factories.member(cast.ngo.organisation, "volunteer", who=cast.director)
    deal = offer(cast)
    for step, answers in (
        (AgreementFlow.sign, {}),
        (AgreementFlow.decline, {"code": "R9", "reason": "Нет"}),
    ):
        with pytest.raises(Refused) as refused:
            step(deal, by=acting(cast, "director"), at=NOON, key=key(), **answers)
        assert codes(refused) == ["own_side"]


def test_a_double_click_offers_once(cast: SimpleNamespace) -> None:
    same = key()
    assert offer(cast, key=same) == offer(cast, key=same)
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "why"), [("T02", "not registered"), ("T12", "not meant for institutions")]
)
def test_a_type_that_is_not_possible_is_refused_in_words(
    cast: SimpleNamespace, code: str, why: str
) -> None:
    with pytest.raises(Refused) as refused:
        offer(cast, types=[type_("T01"), type_(code)])
    assert codes(refused) == ["type"]
    objection = refused.value.objections[0]
    assert objection.field == "types"
    assert Agreement.objects.count() == 0


def test_a_type_registered_only_from_later_is_not_possible_now(cast: SimpleNamespace) -> None:
    Registration.objects.filter(ngo=cast.ngo).update(
        during=DateRange(TODAY + days(30), date(2034, 1, 1))
    )
    with pytest.raises(Refused) as refused:
        offer(cast)
    assert codes(refused) == ["type"]
    assert offer(cast, from_on=TODAY + days(30), through_on=TODAY + days(60)).pk


def test_the_limits_and_the_term_are_judged(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refused:
        offer(cast, people_a_visit=99, from_on=TODAY - days(9), through_on=TODAY - DAY, types=[])
    assert codes(refused) == ["types", "over", "people"]


def raw(deal: Agreement, code: str) -> None:
    sql = "insert into institutions_agreementtype (agreement_id, type_id) values (%s, %s)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [deal.pk, Type.objects.get(code=code).pk])


@pytest.mark.parametrize(
    ("code", "wall"), [("T02", "agreement_type_registered"), ("T20", "agreement_type_registered")]
)
def test_the_database_refuses_what_is_not_registered(
    cast: SimpleNamespace, code: str, wall: str
) -> None:
    deal = offer(cast)
    with pytest.raises(IntegrityError) as error:
        raw(deal, code)
    assert error.value.__cause__.diag.constraint_name == wall


def test_the_database_refuses_a_type_that_does_not_fit(cast: SimpleNamespace) -> None:
    deal = offer(cast)
    registration = Registration.objects.get(ngo=cast.ngo)
    registration.approved.create(type=Type.objects.get(code="T12"), kind=cast.house.kind)
    with pytest.raises(IntegrityError) as error:
        raw(deal, "T12")
    assert error.value.__cause__.diag.constraint_name == "agreement_type_fits"


def test_the_database_refuses_what_was_withdrawn_by_then(cast: SimpleNamespace) -> None:
    deal = offer(cast, from_on=TODAY + days(10), through_on=TODAY + days(20))
    Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TODAY + days(10))
    with pytest.raises(IntegrityError) as error:
        raw(deal, "T05")
    assert error.value.__cause__.diag.constraint_name == "agreement_type_registered"


@pytest.mark.parametrize("column", ["during", "ngo", "institution"])
def test_the_database_keeps_sides_and_term(cast: SimpleNamespace, column: str) -> None:
    deal = offer(cast)
    others = {
        "during": DateRange(TODAY, TODAY + days(3)),
        "ngo": factories.ngo(),
        "institution": factories.institution(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=deal.pk).update(**{column: others[column]})


def test_silence_reaches_the_department_after_fourteen_working_days(cast: SimpleNamespace) -> None:
    deal = offer(cast)
    term = Term.objects.get(case=deal.pk)
    assert last_day(term) == date(2025, 6, 24)  # 12 and 13 June are days of rest
    assert sweep(term.due_at - DAY) == 0
    assert sweep(term.due_at) == 1
    assert sweep(term.due_at) == 0
    assert state(deal) == AgreementState.OFFERED
    people = {cast.registrar.pk, cast.director.pk, cast.head.pk}
    assert heard("agreement_escalate") == people


def test_an_offer_is_declined_with_a_reason_or_withdrawn(cast: SimpleNamespace) -> None:
    first, second = offer(cast), offer(cast)
    by = acting(cast, "director")
    decision = AgreementFlow.decline(
        first, by=by, at=NOON, key=key(), code="R6", reason="Окна заняты до весны"
    )
    assert (state(first), decision.code) == (AgreementState.DECLINED, "R6")
    AgreementFlow.withdraw(second, by=acting(cast, "head"), at=NOON, key=key(), reason="")
    assert state(second) == AgreementState.WITHDRAWN
    with pytest.raises(Refused):
        AgreementFlow.sign(second, by=by, at=NOON, key=key())


def covering(cast: SimpleNamespace, on: date, code: str = "T01") -> Agreement | None:
    return agreements.cover(cast.house.pk, [cast.ngo.pk], type_(code), on).agreement


def test_an_agreement_covers_its_types_in_its_term(cast: SimpleNamespace) -> None:
    assert covering(cast, TODAY) is None
    offer(cast)
    assert covering(cast, TODAY) is None
    deal = agree(cast)
    assert [covering(cast, TODAY + days(n)) for n in (-1, 0, 364, 365)] == [None, deal, deal, None]
    assert covering(cast, TODAY, "T05") is None


def test_an_agreement_covers_nothing_that_the_register_no_longer_allows(
    cast: SimpleNamespace,
) -> None:
    deal = agree(cast)
    Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TODAY + days(3))
    assert [covering(cast, TODAY + days(n)) for n in (2, 3)] == [deal, None]


@pytest.mark.parametrize("role", ["head", "director"])
def test_either_side_ends_it_and_it_holds_through_its_last_day(
    cast: SimpleNamespace, role: str
) -> None:
    deal = agree(cast)
    last = TODAY + days(5)
    AgreementFlow.end(
        deal, by=acting(cast, role), at=NOON, key=key(), last_on=last, reason="Пожар", safety=True
    )
    deal = Agreement.objects.get(pk=deal.pk)
    assert state(deal) == AgreementState.ENDING
    assert [covering(cast, TODAY + days(n)) for n in (0, 5, 6)] == [deal, deal, None]
    assert (sweep(NOON + days(5)), sweep(NOON + days(6))) == (0, 1)
    assert state(deal) == AgreementState.ENDED


@pytest.mark.parametrize("offset", [-1, 365])
def test_the_last_day_lies_in_the_term(cast: SimpleNamespace, offset: int) -> None:
    deal = agree(cast)
    with pytest.raises(Refused) as refused:
        AgreementFlow.end(
            deal,
            by=acting(cast, "head"),
            at=NOON,
            key=key(),
            last_on=TODAY + days(offset),
            reason="Переезд",
        )
    assert codes(refused) == ["last_day"]


def test_an_agreement_ends_with_its_term(cast: SimpleNamespace) -> None:
    deal = agree(cast, through_on=TODAY + days(9))
    assert (sweep(NOON + days(9)), sweep(NOON + days(10))) == (0, 1)
    assert state(deal) == AgreementState.EXPIRED


def test_an_organisation_has_its_own_agreements_only(cast: SimpleNamespace) -> None:
    deal = agree(cast)
    house: Institution = cast.house
    assert Kind.objects.filter(institutions=house).get() == house.kind
    for side in (cast.house, cast.ngo):
        assert list(agreements.of(side.organisation)) == [deal]
    assert list(agreements.of(factories.ngo().organisation)) == []
