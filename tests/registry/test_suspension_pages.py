"""The pages of suspensions: an NGO is found, held back, and reads why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.hats import Acting
from accounts.roles import Role
from registry.flows import SuspensionFlow
from registry.models import Ngo, Suspension
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.registry.applicants import browser
from tests.registry.world import words

pytestmark = pytest.mark.django_db


def suspend(client: Client, ngo: Ngo, **changes: str) -> Any:
    today = timezone.localdate()
    dates = {"from_on": str(today), "through_on": str(today + timedelta(days=5))}
    return client.post(f"/suspensions/new/?ngo={ngo.organisation.ref}", dates | changes)


def test_a_registrar_finds_an_ngo_and_suspends_one_type(one: Acting, client: Client) -> None:
    made, registrars = make.ngo("Шаг за ворота"), browser(one)
    found = registrars.get("/suspensions/new/?q=ворота")
    assert [row.ref for row in found.context["found"]] == [made.organisation.ref]
    page = registrars.get(f"/suspensions/new/?ngo={made.organisation.ref}")
    version = page.context["form"].fields["type"].queryset.get(type__code="T05")
    where = suspend(registrars, made, type=str(version.pk))["Location"]
    drafted = Suspension.objects.get()
    assert where == f"/cases/{drafted.case.ref}/suspend/"
    assert "Составлено вами" in words(registrars.get("/suspensions/"))
    step = registrars.get(where).context["form"].initial
    assert registrars.post(where, {**step, "reason": "Решение № 31"}).status_code == 302
    drafted.refresh_from_db()
    assert (drafted.type.code, drafted.ground) == ("T05", "Решение № 31")  # type: ignore[union-attr]
    assert [held.standing for held in registrars.get("/suspensions/").context["rows"]] == ["now"]
    card = words(client.get(f"/register/ngos/{made.organisation.ref}/"))
    assert "История приостановлений" in card
    assert "Решение № 31" in card


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": "2020-01-01"}, "from_on"),
        ({"through_on": "2020-01-01"}, "through_on"),
        ({"through_on": "никогда"}, "through_on"),
        ({"type": "\x00"}, "type"),
        ({"type": "99999999999999999999"}, "type"),
        ({"institution": "x"}, "institution"),
    ],
)
def test_a_mistyped_suspension_is_not_written(
    one: Acting, changes: dict[str, str], field: str
) -> None:
    answer = suspend(browser(one), make.ngo(), **changes)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Suspension.objects.exists()


def test_what_is_not_registered_is_not_suspended(one: Acting) -> None:
    bare = Ngo.objects.create(organisation=make.organisation("ngo", "Без записи"))
    assert "приостанавливать нечего" in words(suspend(browser(one), bare))
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("asked", ["ngo=%00", "ngo=no-such", "q=%00", "ngo=" + "x" * 3000])
def test_a_strange_question_is_answered(one: Acting, asked: str) -> None:
    assert browser(one).get(f"/suspensions/new/?{asked}").status_code in {200, 404}


def test_the_list_of_suspensions_costs_the_same_however_long(one: Acting) -> None:
    client = browser(one)
    costs = []
    for count in (1, 4):
        for _ in range(count):
            suspend(client, make.ngo())
            drafted = Suspension.objects.latest("pk")
            SuspensionFlow.suspend(
                drafted, by=one, at=timezone.now(), key=f"s{drafted.pk}", reason="Решение"
            )
        with CaptureQueriesContext(connection) as queries:
            words(client.get("/suspensions/"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_suspended_ngo_reads_it_on_its_own_page(one: Acting) -> None:
    made = make.ngo()
    head = signed_in(make.member(made.organisation, Role.HEAD), "mfa")
    suspend(browser(one), made)
    assert "Приостановлено:" not in words(head.get("/application/"))
    drafted = Suspension.objects.get()
    SuspensionFlow.suspend(drafted, by=one, at=timezone.now(), key="s", reason="Решение № 31")
    assert "Решение № 31" in words(head.get("/application/"))
