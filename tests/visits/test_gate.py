"""The screen of the gate: today's people, their signs and words, the sheet."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from registry.models import Site
from tests import factories
from tests.visits import receiving as make
from tests.visits.at_the_gate import GATE, READY, here, html, name, post, said, state
from visits.models import Participation
from visits.refusals import GateRefusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_whoever_is_expected_now_is_let_in(cast: SimpleNamespace, expected: Participation) -> None:
    text = html(here(cast))
    assert said(text) == [(name(expected), "Let in")]
    assert "Expected now <span>1</span>" in text
    assert "<span>0 of 1</span>" in text
    assert "11:00–13:00" in text
    assert f"Met by {cast.desk}" in text
    assert expected.visit.case.ref in text


def test_who_comes_later_waits(cast: SimpleNamespace, clock: time_machine.Traveller) -> None:
    part = make.booked(cast, make.helper(cast), hour=16).participations.get()
    clock.move_to(make.at(15, 29))
    client = here(cast)
    text = html(client)
    assert "Later today <span>1</span>" in text
    assert said(text) == [(name(part), "Not yet: from 15:30")]
    answer = post(client, part, "in", **READY)
    assert "This person is not expected now." in make.words(answer)
    clock.move_to(make.at(15, 30))
    assert said(html(client)) == [(name(part), "Let in")]


def test_who_is_late_is_asked_about_and_may_still_come(
    cast: SimpleNamespace, expected: Participation, clock: time_machine.Traveller
) -> None:
    client = here(cast)
    clock.move_to(make.at(11, 19))
    assert said(html(client)) == [(name(expected), "Let in")]
    clock.move_to(make.at(11, 42))
    assert said(html(client)) == [(name(expected), "Ask the desk: 42 minutes late")]
    assert post(client, expected, "in", **READY).status_code == 302


def test_the_screen_shows_today_and_this_site_only(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    make.booked(cast, make.helper(cast), on=date(2026, 7, 16))
    make.request(cast, make.helper(cast))
    second = Site.objects.create(
        institution=cast.house, name="Второй корпус", district=cast.site.district
    )
    part = make.booked(cast, make.helper(cast)).participations.get()
    clock.move_to(make.at(11))
    client = here(cast)
    assert said(html(client)) == [(name(part), "Let in")]
    assert said(html(client, f"{GATE}?site={second.pk}")) == []
    assert "Nobody is expected here today." in html(client, f"{GATE}?site={second.pk}")
    assert "Второй корпус" in html(client)


def test_searching_by_the_beginning_of_a_name_or_by_reference(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    visit = make.booked(cast, make.helper(cast, "Алёна"), make.helper(cast, "Борис"))
    clock.move_to(make.at(11))
    client = here(cast)
    first, second = visit.participations.order_by("pk")
    assert said(html(client, f"{GATE}?q=алена")) == [(name(first), "Let in")]
    assert said(html(client, f"{GATE}?q={second.volunteer.family_name} бор")) == [
        (name(second), "Let in")
    ]
    assert len(said(html(client, f"{GATE}?q={visit.case.ref.lower()}"))) == 2
    text = html(client, f"{GATE}?q=Пётр")
    assert "Nobody called “Пётр” is expected today: do not let in." in text


def test_the_day_sheet_can_be_written_on(cast: SimpleNamespace, expected: Participation) -> None:
    text = html(here(cast), "/gate/sheet/")
    assert "<h1>Day sheet for Thursday, 9 July 2026</h1>" in text
    assert f'<th scope="row">{name(expected)}</th>' in text
    assert "Expected: 1 person" in text
    assert all(f"{code} " in text for code in GateRefusal.values)


def test_a_house_without_visits_says_so(cast: SimpleNamespace) -> None:
    assert "Nobody is expected here today." in html(here(cast))
    assert "Nobody is expected here today." in html(here(cast), "/gate/sheet/")


def test_other_houses_and_other_roles_have_no_gate_here(
    cast: SimpleNamespace, expected: Participation
) -> None:
    other = factories.institution()
    stranger = factories.member(other.organisation, Role.GATE)
    client = make.signed_in(stranger)
    for what in ("in", "refuse"):
        assert client.get(f"/gate/{expected.pk}/{what}/").status_code == 404
    assert post(client, expected, "out").status_code == 404
    assert said(html(client)) == []
    for person in (cast.coordinator, cast.officer, factories.person()):
        assert make.signed_in(person).get(GATE).status_code == 404
    assert [here(cast, role=role).get(GATE).status_code for role in ("desk", "director")] == [
        200,
        200,
    ]


def test_nonsense_at_the_gate_is_answered(cast: SimpleNamespace, expected: Participation) -> None:
    client = here(cast)
    for query in ("site=x", "site=" + "9" * 40, "q=%00", "q=" + "я" * 5000, "site=%00&q=%25"):
        assert client.get(f"{GATE}?{query}").status_code == 200
    assert client.get(f"/gate/{'9' * 30}/in/").status_code == 404
    assert client.get(f"/gate/{expected.pk}/out/").status_code == 405
    for typed in ({}, {"key": "x" * 500}, {"key": "\x00"}, {"code": "G9"}, {"code": "\x00"}):
        for what in ("in", "out", "refuse"):
            assert post(client, expected, what, **typed).status_code in (200, 302)
    assert state(expected) == "named"


def test_the_gate_asks_as_few_questions_for_many(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    make.booked(cast, make.helper(cast))
    clock.move_to(make.at(11))
    client, counts = here(cast), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as questions:
            client.get(GATE)
        counts.append(len(questions))
        with time_machine.travel(make.NOON, tick=False):
            make.booked(cast, make.helper(cast), make.helper(cast), code="T08")
            make.booked(cast, make.helper(cast), make.helper(cast), hour=16)
    assert counts == [7, 7]
