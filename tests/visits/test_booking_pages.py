"""The pages on which a visit is asked for: the form, the check, the sending, and why not."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from institutions.models import GuestMode
from tests import factories
from tests.visits import receiving as make
from tests.visits.asking import without_test
from tests.visits.pages import asked, booked_by, new, typed
from tests.volunteers import making
from visits.flows.stages import S
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_volunteer_checks_and_sends_a_request(cast: SimpleNamespace) -> None:
    who, slot = make.helper(cast), make.slot(cast)
    client = make.signed_in(who.person)
    checked = make.words(client.post(new(slot), typed()))
    assert "<h1>Check before sending</h1>" in checked
    assert Visit.objects.count() == 0
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', checked))
    answer = client.post(new(slot), hidden | {"send": "1"})
    visit = Visit.objects.get()
    assert answer["Location"] == f"/visits/{visit.case.ref}/"
    assert (visit.programme, visit.case.state) == ("Читаем вслух", S.REQUESTED)
    page, _ = asked(client, answer["Location"])
    assert "<h1>Requested, not booked yet</h1>" in page
    assert "Answer: due Thursday, 9 July 2026" in page
    assert f"/cases/{visit.case.ref}/withdraw/?next=" in page


def test_a_standing_consent_leads_to_another_page_booked() -> None:
    cast = make.house(kind="E", level="wide", instant=True)
    client = make.signed_in(make.helper(cast).person)
    page, _ = asked(client, booked_by(client, make.slot(cast))["Location"])
    assert "<h1>Booked</h1>" in page
    assert "not booked yet" not in page


def test_the_same_form_sent_twice_is_one_visit(cast: SimpleNamespace) -> None:
    client, same = make.signed_in(make.helper(cast).person), make.key()
    first, second = (booked_by(client, make.slot(cast), key=same) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Visit.objects.count() == 1


def test_going_back_from_the_check_keeps_what_was_typed(cast: SimpleNamespace) -> None:
    client = make.signed_in(make.helper(cast).person)
    html = make.words(client.post(new(make.slot(cast)), typed(back="1")))
    assert "> Читаем вслух</textarea>" in html


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"well": ""}, "Without this nobody is let in."),
        ({"type": ""}, "This field is required."),
        ({"type": "999999"}, "Select a valid choice."),
        ({"programme": "x" * 501}, "at most 500 characters"),
        ({"programme": "a\x00b"}, "Null characters are not allowed."),
        ({"key": "k\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    cast: SimpleNamespace, changes: dict[str, str], error: str
) -> None:
    client = make.signed_in(make.helper(cast).person)
    answer = booked_by(client, make.slot(cast), **changes)
    assert answer.status_code == 200
    assert error in make.words(answer)
    assert Visit.objects.count() == 0


def test_every_reason_why_not_is_said_at_once_with_another_time(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    client = make.signed_in(who.person)
    make.request(cast, who)
    GuestMode.objects.filter(site=cast.site).update(notice_hours=24)
    html = make.words(client.get(new(make.slot(cast))))
    assert "two things" not in html
    assert "2 things stand in the way" in html
    assert "The institution wants to know 24 hours ahead." in html
    assert f"{who.person} is expected elsewhere at this time." in html
    assert html.count('<li><a href="/visits/new/') == 3


def test_missing_clearance_is_said_with_the_page_that_mends_it(cast: SimpleNamespace) -> None:
    client = make.signed_in(without_test(cast).person)
    html = make.words(client.get(new(make.slot(cast))))
    assert "1 thing stands in the way" in html
    assert 'href="/clearance/#test"' in html
    assert booked_by(client, make.slot(cast)).status_code == 200
    assert Visit.objects.count() == 0


def test_without_an_agreement_there_is_one_reason(cast: SimpleNamespace) -> None:
    stranger = making.volunteer(factories.ngo().organisation)
    html = make.words(make.signed_in(stranger.person).get(new(make.slot(cast))))
    assert "1 thing stands in the way" in html
    assert "covers this type on that day" in html


def test_a_coordinator_names_whoever_is_cleared_and_sees_what_others_lack(
    cast: SimpleNamespace,
) -> None:
    ready, lacking = make.helper(cast), without_test(cast)
    client, slot = make.signed_in(cast.coordinator), make.slot(cast)
    html = make.words(client.get(new(slot)))
    assert f'value="{ready.person.pk}"' in html
    assert f'value="{lacking.person.pk}"' not in html
    assert "1 person cannot be named now: why" in html
    assert "Knowledge test: there is none yet." in html
    refused = booked_by(client, slot, people=[lacking.person.pk])
    assert "Select a valid choice." in make.words(refused)
    booked_by(client, slot, people=[ready.person.pk])
    assert [part.volunteer for part in Visit.objects.get().participations.all()] == [ready.person]


def test_a_coordinator_with_nobody_to_name_is_told_so(cast: SimpleNamespace) -> None:
    without_test(cast)
    html = make.words(make.signed_in(cast.coordinator).get(new(make.slot(cast))))
    assert "Nobody of your NGO can be named for this time" in html
    assert "Check before sending" not in html


def test_the_form_costs_the_same_however_many_can_be_named(cast: SimpleNamespace) -> None:
    client, slot = make.signed_in(cast.coordinator), make.slot(cast)
    make.helper(cast)
    small = asked(client, new(slot))[1]
    for name in ("Пётр", "Вера", "Илья"):
        make.helper(cast, name)
    assert asked(client, new(slot))[1] == small <= 10


def test_a_lost_session_keeps_what_was_typed_but_not_the_word_about_health(
    cast: SimpleNamespace,
) -> None:
    who, slot = make.helper(cast), make.slot(cast)
    client = Client()
    assert client.post(new(slot), typed()).status_code == 302
    client.force_login(who.person)
    html = make.words(client.get(new(slot)))
    assert "> Читаем вслух</textarea>" in html
    inputs = re.findall(r'<input type="(radio|checkbox)"([^>]*)>', html)
    ticked = [kind for kind, rest in inputs if "checked" in rest]
    assert ticked == ["radio"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": ["9" * 5000]},
        {"people": ["-1", "x", "\x00"]},
        {"people": [str(2**70)]},
        {"people": ["999999999"]},
        {"type": "9" * 5000},
        {"type": "0"},
        {"key": ""},
    ],
)
def test_nonsense_that_is_sent_at_once_books_nothing(
    cast: SimpleNamespace, wrong: dict[str, Any]
) -> None:
    who = make.helper(cast)
    client = make.signed_in(cast.coordinator)
    sent = typed(people=[who.person.pk], send="1") | wrong
    answer = client.post(new(make.slot(cast)), sent)
    assert answer.status_code == 200
    assert Visit.objects.count() == 0


def test_a_coordinator_learns_nothing_of_another_ngos_volunteer(cast: SimpleNamespace) -> None:
    other = making.volunteer(factories.ngo().organisation, name="Аглая")
    client = make.signed_in(cast.coordinator)
    make.helper(cast)
    for sent in ({"send": "1"}, {}):
        answer = client.post(new(make.slot(cast)), typed(people=[other.person.pk], **sent))
        page = make.words(answer)
        assert answer.status_code == 200
        assert "Аглая" not in page
        assert other.person.family_name not in page
    assert "Only volunteers of the NGO are named." in make.words(
        client.post(new(make.slot(cast)), typed(people=[other.person.pk], send="1"))
    )
