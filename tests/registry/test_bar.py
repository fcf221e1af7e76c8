"""Exclusion: by the commission, not by whoever registered, with a bar on coming in again."""

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Decision
from casework.process import Refused
from registry import applying, queries
from registry.flows import RegistrationFlow as Flow
from registry.models import Bar
from registry.queries.bars import barring
from tests import factories as make
from tests.registry.applicants import (
    NOW,
    ON,
    Applicant,
    browser,
    codes,
    commissioner,
    form,
    kinds,
    registered,
)
from tests.registry.test_appeal import decision
from tests.registry.world import words

pytestmark = pytest.mark.django_db
AGAIN = date(2028, 11, 2)


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Applicant:
    """Registered ten days ago."""
    return registered((one, two), NOW - timedelta(days=10))


def exclude(ngo: Applicant, by: Acting, **ground: Any) -> None:
    asked = {"code": "X1", "months": 24, "reason": "Сведения неверны"} | ground
    Flow.exclude(ngo.application, by=by, at=NOW, key=f"x{by.user.pk}", **asked)


def test_the_commission_excludes_and_a_registrar_does_not(ngo: Applicant, one: Acting) -> None:
    with pytest.raises(Refused) as refused:
        exclude(ngo, one)
    assert codes(refused) == ["not_yours"]
    exclude(ngo, commissioner())
    assert (ngo.state(), kinds()[-1]) == ("excluded", "registration_exclude")
    assert Bar.objects.get().until_on == AGAIN


def test_whoever_registered_the_ngo_does_not_exclude_it(ngo: Applicant, two: Acting) -> None:
    make.member(make.department(), Role.COMMISSIONER, who=two.user)  # type: ignore[arg-type]
    both = make.acting(two.user, role=Role.COMMISSIONER)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        exclude(ngo, both)
    assert codes(refused) == ["registered_it"]
    raw = decision(ngo.application.case, two.user, step="exclude")
    with pytest.raises(IntegrityError, match="does not exclude it"), transaction.atomic():
        Decision.objects.create(**raw)


@pytest.mark.parametrize(
    ("ground", "why"),
    [
        ({"months": None}, ["bounds"]),
        ({"months": 11}, ["bounds"]),
        ({"months": 37}, ["bounds"]),
        ({"code": "X4", "months": 12}, ["no_bar"]),
    ],
)
def test_a_bar_is_of_one_to_three_years_and_a_liquidated_ngo_has_none(
    ngo: Applicant, ground: dict[str, Any], why: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        exclude(ngo, commissioner(), **ground)
    assert codes(refused) == why
    assert ngo.state() == "registered"


def test_liquidation_bars_nobody(ngo: Applicant) -> None:
    exclude(ngo, commissioner(), code="X4", months=None)
    assert not Bar.objects.exists()
    assert applying.begin(ngo.ngo, by=ngo.head.user, at=NOW)  # type: ignore[arg-type]


def test_the_bar_ends_on_its_day(ngo: Applicant) -> None:
    exclude(ngo, commissioner())
    day_before = NOW + relativedelta(months=24) - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        applying.begin(ngo.ngo, by=ngo.head.user, at=day_before)  # type: ignore[arg-type]
    assert codes(refused) == ["barred"]
    assert refused.value.objections[0].clears_on == AGAIN
    assert "2028" in str(refused.value)
    assert (barring(ngo.ngo.pk, day_before.date()) is None, barring(ngo.ngo.pk, AGAIN)) == (
        False,
        None,
    )
    later = NOW + relativedelta(months=24)
    assert applying.begin(ngo.ngo, by=ngo.head.user, at=later)  # type: ignore[arg-type]


def test_a_renewal_under_way_is_not_sent_or_granted_once_the_ngo_is_excluded(
    ngo: Applicant,
) -> None:
    exclude(ngo, commissioner(), code="X4", months=None)
    again = applying.begin(ngo.ngo, by=ngo.head.user, at=NOW)  # type: ignore[arg-type]
    Bar.objects.create(
        ngo=ngo.ngo, case=ngo.application.case, ground="X2", from_on=ON, until_on=AGAIN
    )
    with pytest.raises(Refused) as refused:
        Flow.submit(again, by=ngo.head, at=NOW, key="s2")
    assert codes(refused) == ["barred"]
    assert refused.value.objections[0].clears_on == AGAIN


def test_the_same_ogrn_does_not_come_in_by_the_public_form(ngo: Applicant) -> None:
    exclude(ngo, commissioner())
    about = {name: value for name, value in form(1).items() if name not in {"email", "consent"}}
    with pytest.raises(Refused) as refused:
        applying.come_in(applying.About(**about), "new@example.org", at=NOW)
    assert codes(refused) == ["barred"]
    assert refused.value.objections[0].field == "ogrn"


def test_a_bar_is_never_shortened(ngo: Applicant) -> None:
    exclude(ngo, commissioner())
    with pytest.raises(IntegrityError, match="only lifted"), transaction.atomic():
        Bar.objects.update(until_on=ON + timedelta(days=2))


def test_the_card_and_the_ngos_page_say_when_it_may_apply_again(
    ngo: Applicant, time_machine: Any
) -> None:
    exclude(ngo, commissioner())
    time_machine.move_to(NOW, tick=False)
    card = queries.ngo_card(ngo.ngo.organisation.ref, ON)
    assert card is not None
    assert card["bar"].until_on == AGAIN
    page = words(browser(ngo.head).get(f"/register/ngos/{ngo.ngo.organisation.ref}/"))
    assert "Исключена из реестра, подать новое заявление можно с 2 ноября 2028" in page
    mine = words(browser(ngo.head).get("/application/"))
    assert "НКО исключили из реестра" in mine
    assert "application/begin" not in mine
    assert "Исключение из реестра" in mine
