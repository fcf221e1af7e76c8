"""Briefings are written down once and for good; each side names who answers."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client

from accounts.roles import Role
from casework.models import Entry
from casework.process import Refused
from institutions.models import Agreement, Briefed, Briefing, Representative
from institutions.queries.promised import on_paper
from institutions.queries.representatives import sides
from institutions.services.briefings import Given, record
from institutions.services.representatives import name
from tests import factories
from tests.accounts.sessions import signed_in
from tests.institutions.doing import NOON, TODAY, agree, days, key, offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def deal(cast: SimpleNamespace) -> Agreement:
    """The agreement of the two, signed."""
    return again(agree(cast))


def again(deal: Agreement) -> Agreement:
    related = ("case", "institution__organisation", "ngo__organisation")
    return Agreement.objects.select_related(*related).get(pk=deal.pk)


def hat(cast: SimpleNamespace, role: str) -> Any:
    return factories.acting(getattr(cast, role), TODAY, role)


def helper(cast: SimpleNamespace, on: date = factories.LONG_AGO) -> int:
    return factories.member(cast.ngo.organisation, Role.VOLUNTEER, on=on).pk


def brief(cast: SimpleNamespace, deal: Agreement, by: str = "head", **said: Any) -> Briefing:
    given = Given(**{"on": TODAY, "topics": "Правила и риски", "people": 3} | said)
    return record(deal, given, by=hat(cast, by), at=NOON, key=key())


def fields(refused: Any) -> list[str]:
    return [one.field or one.code for one in refused.value.objections]


def page(who: Any, where: str, **typed: Any) -> Any:
    client: Client = signed_in(who, "mfa")
    return client.post(where, typed) if typed else client.get(where)


@pytest.mark.parametrize("role", ["head", "coordinator"])
def test_the_ngo_writes_a_briefing_down(cast: SimpleNamespace, deal: Agreement, role: str) -> None:
    anna = helper(cast)
    made = brief(cast, deal, role, heard=[anna, anna])
    assert (made.on, made.people, made.by) == (TODAY, 3, getattr(cast, role))
    assert list(made.heard.values_list("person", flat=True)) == [anna]
    assert Entry.objects.filter(action="agreement.briefing").count() == 1


def test_the_house_and_the_department_do_not(cast: SimpleNamespace, deal: Agreement) -> None:
    for role in ("director", "desk", "registrar"):
        with pytest.raises(Refused):
            brief(cast, deal, role)
    assert Briefing.objects.count() == 0


def test_a_form_sent_twice_makes_one_briefing(cast: SimpleNamespace, deal: Agreement) -> None:
    given, by = Given(TODAY, "Правила", 2), hat(cast, Role.HEAD)
    both = [record(deal, given, by=by, at=NOON, key="twice") for _ in range(2)]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"on": TODAY + days(1)}, ["on"]),
        ({"people": 0}, ["people"]),
        ({"people": 0, "on": TODAY + days(1)}, ["on", "people"]),
    ],
)
def test_what_cannot_be_is_refused_with_every_reason(
    cast: SimpleNamespace, deal: Agreement, said: dict[str, Any], wrong: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        brief(cast, deal, heard=[helper(cast)], **said)
    assert fields(refused) == wrong


def test_nobody_of_elsewhere_is_said_to_have_heard_it(
    cast: SimpleNamespace, deal: Agreement
) -> None:
    stranger = factories.member(factories.ngo().organisation, Role.VOLUNTEER).pk
    for person in (stranger, helper(cast, TODAY + days(3)), 10**9):
        with pytest.raises(Refused) as refused:
            brief(cast, deal, heard=[person])
        assert fields(refused) == ["heard"]
    made = brief(cast, deal)
    with pytest.raises(Error, match="not with the NGO"), transaction.atomic():
        Briefed.objects.create(briefing=made, person_id=stranger)


def test_the_database_keeps_a_briefing_as_it_was(cast: SimpleNamespace, deal: Agreement) -> None:
    made = brief(cast, deal, heard=[helper(cast)])
    for change in (
        lambda: Briefing.objects.filter(pk=made.pk).update(people=9),
        lambda: Briefing.objects.filter(pk=made.pk).delete(),
        lambda: Briefed.objects.all().delete(),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_an_agreement_that_is_over_takes_no_more(cast: SimpleNamespace) -> None:
    old = agree(cast)
    old.case.__class__.objects.filter(pk=old.case_id).update(state="expired")
    with pytest.raises(Refused):
        brief(cast, again(old))
    with pytest.raises(Refused):
        name(again(old), cast.desk.pk, by=hat(cast, "desk"), at=NOON)


def test_each_side_names_its_own(cast: SimpleNamespace, deal: Agreement) -> None:
    name(deal, cast.desk.pk, by=hat(cast, "director"), at=NOON)
    name(deal, cast.coordinator.pk, by=hat(cast, "head"), at=NOON)
    assert [one.person for one in sides(deal, TODAY)] == [cast.desk, cast.coordinator]
    assert [one.person for one in sides(deal, TODAY - days(1))] == [None, None]


def test_a_coordinator_names_nobody_and_nobody_names_for_the_other_side(
    cast: SimpleNamespace, deal: Agreement
) -> None:
    for role, person in (
        ("coordinator", cast.coordinator),
        ("registrar", cast.registrar),
        ("head", cast.desk),
        ("director", cast.head),
        ("desk", factories.member(cast.house.organisation, Role.GATE)),
    ):
        with pytest.raises(Refused):
            name(deal, person.pk, by=hat(cast, role), at=NOON)
    assert Representative.objects.count() == 0


def test_another_takes_over_and_the_past_stays_written(
    cast: SimpleNamespace, deal: Agreement
) -> None:
    by = hat(cast, "head")
    name(deal, cast.head.pk, by=by, at=NOON)
    name(deal, cast.coordinator.pk, by=by, at=NOON + days(5))
    on = [TODAY, TODAY + days(4), TODAY + days(5)]
    answers = [sides(deal, day)[1].person for day in on]
    assert answers == [cast.head, cast.head, cast.coordinator]


def test_whoever_was_replaced_on_the_same_day_never_answered(
    cast: SimpleNamespace, deal: Agreement
) -> None:
    by = hat(cast, "head")
    for person in (cast.head, cast.coordinator, cast.coordinator):
        name(deal, person.pk, by=by, at=NOON)
    assert sides(deal, TODAY)[1].person == cast.coordinator
    withdrawn = Representative.objects.filter(withdrawn_at__isnull=False)
    assert [one.person for one in withdrawn] == [cast.head]
    assert Representative.objects.count() == 2


def test_the_database_takes_only_the_sides_and_ends_a_row_once(
    cast: SimpleNamespace, deal: Agreement
) -> None:
    made = name(deal, cast.head.pk, by=hat(cast, "head"), at=NOON)
    fields = {"during": made.during, "named_by": cast.head, "named_at": NOON}
    stranger = factories.ngo().organisation
    member = factories.member(stranger, Role.HEAD)
    for side, person in ((stranger, member), (cast.house.organisation, cast.head)):
        with pytest.raises(Error), transaction.atomic():
            deal.representatives.create(side=side, person=person, **fields)
    made.withdrawn_at = NOON
    made.save()
    with pytest.raises(Error), transaction.atomic():
        made.save()


def test_the_paper_names_duties_and_whoever_answers(cast: SimpleNamespace) -> None:
    deal = again(offer(cast))
    name(deal, cast.desk.pk, by=hat(cast, "director"), at=NOON)
    said = on_paper(deal, TODAY)
    house = cast.house.organisation.short_name
    assert said["representatives"] == [f"{house}: {cast.desk}"]
    assert {side: len(many) for side, many in said["duties"].items()} == {
        "institution": 3,
        "ngo": 7,
    }
    assert "12" in said["duties"]["ngo"][4]


def test_the_page_names_and_the_form_writes_down(cast: SimpleNamespace, deal: Agreement) -> None:
    where = f"/agreements/{deal.case.ref}/"
    sent = page(cast.director, f"{where}people/", key="a", person=cast.desk.pk)
    anna = helper(cast)
    told = {"on": TODAY.isoformat(), "topics": "Правила", "people": 2, "heard": [anna]}
    written = page(cast.coordinator, f"{where}briefing/", key="b", **told)
    assert [answer.status_code for answer in (sent, written)] == [302, 302]
    shown = page(cast.registrar, f"{where}people/").content.decode()
    assert str(cast.desk) in shown
    assert "Правила" in shown
    case = page(cast.head, deal.case.get_absolute_url()).content.decode()
    assert f"{where}people/" in case


def test_a_wrong_form_comes_back_with_the_reason_in_its_place(
    cast: SimpleNamespace, deal: Agreement
) -> None:
    where = f"/agreements/{deal.case.ref}/"
    late = {"on": (TODAY + days(2)).isoformat(), "topics": "x\x00", "people": "10000000000"}
    answer = page(cast.head, f"{where}briefing/", key="a", **late)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"topics", "people"}
    answer = page(cast.head, f"{where}people/", key="a", person="99999999999999999999")
    assert set(answer.context["form"].errors) == {"person"}


def test_the_pages_are_for_the_sides(cast: SimpleNamespace, deal: Agreement) -> None:
    stranger = factories.member(factories.ngo().organisation, Role.HEAD)
    where = f"/agreements/{deal.case.ref}/"
    codes = [
        page(who, f"{where}{what}/").status_code
        for who, what in (
            (cast.registrar, "people"),
            (stranger, "people"),
            (stranger, "briefing"),
            (cast.director, "briefing"),
        )
    ]
    assert codes == [200, 404, 404, 404]
