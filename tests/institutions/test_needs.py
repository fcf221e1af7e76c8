"""An institution announces whom it needs; everybody sees it until its last day."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import Error, transaction
from django.test import Client

from accounts.roles import Role
from casework.models import Entry
from casework.process import Refused
from institutions.models import Need
from institutions.queries import needs
from institutions.services.needs import Wanted, announce, withdraw
from registry.models import District, Site
from tests import factories
from tests.accounts.sessions import signed_in
from tests.institutions.doing import NOON, TODAY, days, key, type_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "Трое по субботам: настольные игры со старшими"


def hat(cast: SimpleNamespace, role: str) -> Any:
    return factories.acting(getattr(cast, role), TODAY, role)


def wanted(**fields: Any) -> Wanted:
    said = {"type": type_("T05"), "words": WORDS, "people": 3}
    return Wanted(**said | {"from_on": TODAY, "through_on": TODAY + days(30)} | fields)


def need(cast: SimpleNamespace, role: str = "desk", **fields: Any) -> Need:
    return announce(cast.house, wanted(**fields), by=hat(cast, role), at=NOON, key=key())


def public(where: str = "/needs/") -> str:
    answer = Client().get(where, headers={"accept-language": "ru"})
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def card(cast: SimpleNamespace) -> str:
    return public(f"/institutions/{cast.house.organisation.ref}/")


@pytest.mark.parametrize("role", ["desk", "director"])
def test_what_the_house_announces_everybody_sees(cast: SimpleNamespace, role: str) -> None:
    need(cast, role)
    assert [WORDS in page for page in (public(), card(cast))] == [True, True]
    assert Entry.objects.filter(action="need.announce").count() == 1


@pytest.mark.parametrize("role", ["head", "coordinator", "registrar"])
def test_nobody_else_announces(cast: SimpleNamespace, role: str) -> None:
    with pytest.raises(Refused):
        need(cast, role)
    other = factories.institution()
    with pytest.raises(Refused):
        announce(other, wanted(), by=hat(cast, "director"), at=NOON, key=key())


def test_it_is_over_by_its_own_last_day_without_any_job(cast: SimpleNamespace) -> None:
    need(cast, through_on=TODAY + days(3))
    seen = []
    for after in (3, 4):
        with time_machine.travel(NOON + days(after), tick=False):
            seen.append((WORDS in public(), WORDS in card(cast)))
    assert seen == [(True, True), (False, False)]


def test_what_is_taken_back_nobody_sees_any_more(cast: SimpleNamespace) -> None:
    one = need(cast)
    for _ in range(2):
        withdraw(one, by=hat(cast, "director"), at=NOON)
    assert [WORDS in page for page in (public(), card(cast))] == [False, False]
    assert Entry.objects.filter(action="need.withdraw").count() == 1


def test_only_the_house_takes_it_back(cast: SimpleNamespace) -> None:
    one = need(cast)
    stranger = factories.member(factories.institution().organisation, Role.DIRECTOR)
    assert signed_in(stranger, "mfa").post(f"/needs/{one.pk}/withdraw/").status_code == 404
    with pytest.raises(Refused):
        withdraw(one, by=hat(cast, "head"), at=NOON)
    assert Need.objects.standing(TODAY).count() == 1


def test_a_day_that_is_over_cannot_be_its_last(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refused:
        need(cast, from_on=TODAY - days(9), through_on=TODAY - days(1))
    assert [one.field for one in refused.value.objections] == ["through_on"]


def test_a_form_sent_twice_announces_once(cast: SimpleNamespace) -> None:
    by = hat(cast, "desk")
    both = [announce(cast.house, wanted(), by=by, at=NOON, key="twice") for _ in range(2)]
    assert both[0] == both[1]


def test_the_database_keeps_what_was_announced(cast: SimpleNamespace) -> None:
    one = need(cast)
    other = factories.institution().sites.get()
    for change in (
        lambda: Need.objects.filter(pk=one.pk).update(words="Другое"),
        lambda: need(cast, site=other.pk),
        lambda: need(cast, people=0),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_the_list_is_looked_through_by_okrug_and_type(cast: SimpleNamespace) -> None:
    here = cast.site.district.okrug
    there = District.objects.exclude(okrug=here).order_by("pk")[0]
    far = Site.objects.create(institution=cast.house, name="Дача", district=there)
    anywhere, at_far = need(cast), need(cast, site=far.pk, type=type_("T01"))

    def found(**asked: str) -> list[Need]:
        return list(needs.wanted(TODAY, **asked))

    assert found() == [anywhere, at_far]
    assert found(okrug=here.code) == [anywhere]
    assert found(okrug=there.okrug.code) == [anywhere, at_far]
    assert found(okrug=there.okrug.code, kind_of_help="T01") == [at_far]
    assert found(kind_of_help="T20") == []


@pytest.mark.parametrize(
    "asked", ["okrug=%00", "type=T999", "okrug=nowhere&type=%FF", "page=9999999999", "page=x"]
)
def test_a_strange_address_of_the_list_is_answered(cast: SimpleNamespace, asked: str) -> None:
    need(cast)
    assert Client().get(f"/needs/?{asked}").status_code == 200


def test_an_ngo_proposes_from_the_list(cast: SimpleNamespace) -> None:
    need(cast)
    link = f"/proposals/new/?side={cast.house.organisation.ref}"
    seen = [
        link in signed_in(person, "mfa").get("/needs/").content.decode()
        for person in (cast.coordinator, cast.desk)
    ]
    assert seen == [True, False]
    assert signed_in(cast.coordinator, "mfa").get(link).status_code == 200


def test_the_house_announces_and_takes_back_on_its_own_page(cast: SimpleNamespace) -> None:
    desk = signed_in(cast.desk, "mfa")
    typed = {"type": type_("T05"), "words": WORDS, "people": 2, "key": "a"}
    dated = {"from_on": TODAY.isoformat(), "through_on": (TODAY + days(5)).isoformat()}
    assert desk.post("/needs/mine/", typed | dated).status_code == 302
    one = Need.objects.get()
    assert (one.institution, one.words, one.people, one.site) == (cast.house, WORDS, 2, None)
    assert WORDS in desk.get("/needs/mine/").content.decode().replace("\xa0", " ")
    assert desk.post(f"/needs/{one.pk}/withdraw/").status_code == 302
    assert WORDS not in public()
    assert desk.get(f"/needs/{one.pk}/withdraw/").status_code == 405


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"type": "abc"}, "type"),
        ({"words": "x\x00"}, "words"),
        ({"people": "0"}, "people"),
        ({"through_on": "2025-05-01"}, "through_on"),
        ({"through_on": "2030-05-01"}, "through_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    cast: SimpleNamespace, wrong: dict[str, str], field: str
) -> None:
    last: date = TODAY + timedelta(days=5)
    typed = {"type": type_("T05"), "words": WORDS, "people": 2, "key": "a"}
    dated = {"from_on": TODAY.isoformat(), "through_on": last.isoformat()}
    answer = signed_in(cast.desk, "mfa").post("/needs/mine/", typed | dated | wrong)
    assert set(answer.context["form"].errors) == {field}
