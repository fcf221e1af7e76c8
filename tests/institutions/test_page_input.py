"""What is typed: drafts and offers from it, faults beside their fields, nothing lost."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from institutions.models import Agreement, GuestMode, Level, ModeState, Window
from tests.institutions.doing import (
    TODAY,
    days,
    declare,
    type_,
)
from tests.institutions.paging import signed_in, text, typed_closure, typed_door, typed_offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_director_changes_the_door_in_two_pages(cast: SimpleNamespace) -> None:
    client = signed_in(cast.director)
    answer = client.post("/door/new/", typed_door(cast))
    mode = GuestMode.objects.get()
    assert answer["Location"] == f"/cases/{mode.case.ref}/publish/"
    assert (mode.case.state, mode.conditions) == (ModeState.DRAFT, "Бахилы")
    assert [(w.weekday, w.begins.hour, w.capacity) for w in Window.objects.all()] == [(5, 11, 5)]
    assert list(mode.types.values_list("code", flat=True)) == ["T01"]
    page = client.get(answer["Location"]).context["form"]
    answer = client.post(
        f"/cases/{mode.case.ref}/publish/", {"key": page["key"].value(), "seen": 0}
    )
    assert answer.status_code == 302
    assert GuestMode.objects.get().case.state == ModeState.IN_FORCE


def test_a_mode_with_a_last_day_leads_to_the_same_step(cast: SimpleNamespace) -> None:
    through = (TODAY + days(60)).isoformat()
    answer = signed_in(cast.director).post("/door/new/", typed_door(cast, through_on=through))
    mode = GuestMode.objects.get()
    assert answer["Location"] == f"/cases/{mode.case.ref}/publish/"
    assert mode.through_on == TODAY + days(60)


def test_a_closure_leads_to_its_own_step(cast: SimpleNamespace) -> None:
    answer = signed_in(cast.director).post("/closure/new/", typed_closure(cast))
    mode = GuestMode.objects.get()
    assert answer["Location"] == f"/cases/{mode.case.ref}/close/"
    assert (mode.level, mode.act_number, mode.reason) == ("shut", "52", "Карантин")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": "shut"}, "level"),
        ({"level": ""}, "level"),
        ({"w50-on": ""}, "level"),
        ({"from_on": "2025-06-01"}, "from_on"),
        ({"from_on": "0001-01-01"}, "from_on"),
        ({"from_on": "9999-12-31"}, "from_on"),
        ({"through_on": "2025-06-01"}, "through_on"),
        ({"instant": "on"}, "instant"),
        ({"types": ["12345678901234567890"]}, "types"),
        ({"notice_hours": "99999999999999999999"}, "notice_hours"),
        ({"conditions": "a\x00b"}, "conditions"),
        ({"conditions": "а" * 2001}, "conditions"),
        ({"site": "0"}, "site"),
        ({"w50-ends": "10:00"}, "__all__"),
        ({"w50-people": "0"}, "__all__"),
        ({"w50-begins": "half past"}, "__all__"),
        (
            {"w51-on": "on", "w51-begins": "12:00", "w51-ends": "14:00", "w51-people": "2"},
            "__all__",
        ),
    ],
)
def test_bad_input_for_a_door_is_answered_beside_its_field(
    cast: SimpleNamespace, changed: dict[str, Any], field: str
) -> None:
    answer = signed_in(cast.director).post("/door/new/", typed_door(cast, **changed))
    assert list(answer.context["form"].errors) == [field]
    assert GuestMode.objects.count() == 0
    page = text(answer)
    assert "error-summary" in page
    if "w50-on" not in changed:
        assert 'value="5"' in page if "w50-people" not in changed else 'value="0"' in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"through_on": "2025-06-16"}, "through_on"),
        ({"through_on": ""}, "through_on"),
        ({"through_on": "2025-06-01"}, "through_on"),
        ({"act_number": "\x00"}, "act_number"),
        ({"act_number": " "}, "act_number"),
        ({"act_on": "2025-06-03"}, "act_on"),
        ({"from_on": "2025-06-01", "act_on": "2025-06-01"}, "from_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_bad_input_for_a_closure_is_answered_beside_its_field(
    cast: SimpleNamespace, changed: dict[str, Any], field: str
) -> None:
    answer = signed_in(cast.director).post("/closure/new/", typed_closure(cast, **changed))
    assert list(answer.context["form"].errors) == [field]
    assert GuestMode.objects.count() == 0


def test_what_was_typed_survives_a_lost_session(cast: SimpleNamespace) -> None:
    nobody = Client()
    typed = typed_door(cast, conditions="Сменная обувь", level="wide", instant="on")
    nobody.post("/door/new/", typed)
    client = signed_in(cast.director, unsent=nobody.session["unsent"])
    page = text(client.get("/door/new/"))
    for words in ("Сменная обувь", 'value="11:00"', 'value="13:00"', 'name="w50-on"'):
        assert words in page, words
    form = client.get("/door/new/").context["form"]
    assert form["conditions"].value() is None


def test_a_new_mode_begins_from_the_last_one(cast: SimpleNamespace) -> None:
    mode = declare(cast.site, Level.WIDE, conditions="Бахилы", types=[type_("T05")])
    client = signed_in(cast.director)
    for address in ("/door/new/", f"/door/new/?like={mode.case.ref}"):
        form = client.get(address).context["form"]
        assert (form["level"].value(), form["conditions"].value()) == ("wide", "Бахилы")
        assert form["types"].value() == [str(type_("T05"))]
        assert [row["on"].value() for row in form.hours.rows if row["on"].value()] == [True]


def test_types_that_are_not_possible_are_greyed_with_the_reason(cast: SimpleNamespace) -> None:
    address = f"/agreements/new/?side={cast.house.organisation.ref}"
    page = text(signed_in(cast.head).get(address))
    assert page.count(" disabled ") == 18
    assert "Not meant for institutions of this kind" in page
    answer = signed_in(cast.head).post(address, typed_offer(types=[type_("T02")]))
    assert list(answer.context["form"].errors) == ["types"]


@pytest.mark.parametrize("role", ["head", "director"])
def test_either_side_offers_on_its_page(cast: SimpleNamespace, role: str) -> None:
    other = cast.house if role == "head" else cast.ngo
    client, address = (
        signed_in(getattr(cast, role)),
        f"/agreements/new/?side={other.organisation.ref}",
    )
    typed = typed_offer()
    first, second = client.post(address, typed), client.post(address, typed)
    deal = Agreement.objects.get()
    assert first["Location"] == second["Location"] == f"/cases/{deal.case.ref}/"
    assert deal.last_on == TODAY + days(364)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"types": []}, "types"),
        ({"through_on": "2025-06-01"}, "through_on"),
        ({"through_on": "2033-06-01"}, "through_on"),
        ({"people_a_visit": "16"}, "people_a_visit"),
        ({"people_a_visit": "99999999999999999999"}, "people_a_visit"),
        ({"visits_a_week": "0"}, "visits_a_week"),
        ({"note": "\x00"}, "note"),
    ],
)
def test_bad_input_for_an_offer_is_answered_beside_its_field(
    cast: SimpleNamespace, changed: dict[str, Any], field: str
) -> None:
    address = f"/agreements/new/?side={cast.house.organisation.ref}"
    answer = signed_in(cast.head).post(address, typed_offer(**changed))
    assert list(answer.context["form"].errors) == [field]
    assert Agreement.objects.count() == 0
