"""The pages of this floor: whose they are, what they say, and how little they ask."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from institutions.models import Agreement, GuestMode, Level, Slot
from institutions.services import slots
from tests import factories
from tests.institutions.doing import (
    NOON,
    TODAY,
    agree,
    close,
    days,
    declare,
    type_,
    window,
)
from tests.institutions.paging import asked, card_of, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MOST_FOR_A_LIST, MOST_FOR_A_CARD = 5, 10  # a list: beside what every page asks


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_answers_in_both_languages(cast: SimpleNamespace, language: str) -> None:
    agree(cast)
    declare(cast.site, Level.WIDE, types=[type_("T01")], conditions="Бахилы")
    close(cast.site, TODAY + days(3), TODAY + days(4))
    director, head = signed_in(cast.director, language), signed_in(cast.head, language)
    public = Client(headers={"accept-language": language})
    pages = [
        (public, f"/institutions/{cast.house.organisation.ref}/"),
        (director, "/door/"),
        (director, "/door/new/"),
        (director, "/closure/new/"),
        (director, "/slots/"),
        (director, "/agreements/"),
        (director, "/agreements/new/"),
        (head, "/agreements/"),
        (head, "/agreements/new/?q=Организация"),
        (head, f"/agreements/new/?side={cast.house.organisation.ref}"),
        *((director, f"/cases/{mode.case.ref}/") for mode in GuestMode.objects.all()),
        *((head, f"/cases/{deal.case.ref}/") for deal in Agreement.objects.all()),
    ]
    for client, address in pages:
        assert f'lang="{language}"' in text(client.get(address)), address


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/door/", {"director", "desk"}),
        ("/door/new/", {"director"}),
        ("/closure/new/", {"director"}),
        ("/slots/", {"director", "desk"}),
        ("/agreements/", {"director", "desk", "head", "coordinator"}),
        ("/agreements/new/", {"director", "head"}),
    ],
)
def test_a_page_is_for_its_roles_only(
    cast: SimpleNamespace, address: str, allowed: set[str]
) -> None:
    roles = ("director", "desk", "head", "coordinator", "registrar")
    open_to = {
        role for role in roles if signed_in(getattr(cast, role)).get(address).status_code == 200
    }
    assert open_to == allowed


def test_the_card_shows_door_hours_closures_and_partners(cast: SimpleNamespace) -> None:
    agree(cast)
    declare(cast.site, Level.HALF, conditions="Бахилы")
    close(cast.site, TODAY + days(20), TODAY + days(22))
    page = text(Client(headers={"accept-language": "en"}).get(card_of(cast)))
    for words in (
        "Half open",
        "11:00–13:00, 5 places",
        "Бахилы",
        "Order No. 52 of 2 June 2025: Карантин",
        "to come",
        cast.ngo.organisation.short_name,
        "Saturday, 7 June 2025</b>: 1 time, 5 free places",
    ):
        assert words in page, words


def test_a_card_without_anything_declared_is_by_request(cast: SimpleNamespace) -> None:
    page = text(Client(headers={"accept-language": "en"}).get(card_of(cast)))
    assert "By request: nothing else is declared." in page
    assert "There is no free time in the next 14 days." in page


@pytest.mark.parametrize(
    "address",
    [
        "/institutions/no-such/",
        "/institutions/%00/",
        "/door/new/?like=%00",
        "/door/new/?like=M-1",
        "/agreements/?page=%00",
        "/agreements/?page=99999999999999999999",
        "/agreements/?page=²",
        "/agreements/new/?side=%00",
        "/agreements/new/?q=%00",
        "/agreements/new/?side=department",
        "/agreements/new/?after=%FF%00",
    ],
)
def test_a_strange_address_is_answered(cast: SimpleNamespace, address: str) -> None:
    assert signed_in(cast.director).get(address).status_code in {200, 404}


def test_an_agreement_is_seen_by_its_sides_only(cast: SimpleNamespace) -> None:
    deal = agree(cast)
    stranger = factories.member(factories.ngo().organisation, "head")
    for person, status in ((cast.head, 200), (cast.desk, 200), (stranger, 404)):
        assert signed_in(person).get(f"/cases/{deal.case.ref}/").status_code == status
    assert deal.case.ref not in text(signed_in(stranger).get("/agreements/"))


def test_the_times_say_how_many_places_are_taken(cast: SimpleNamespace) -> None:
    declare(cast.site, windows=[window(5), window(6)])
    first = Slot.objects.order_by("during")[0]
    slots.take_places(first.pk, 2, NOON)
    declare(cast.site, windows=[window(6)])
    page = text(signed_in(cast.desk).get("/slots/"))
    assert "2 of 5" in page
    assert "no longer offered; what was promised stands" in page


def test_lists_ask_the_same_number_of_questions_however_long(cast: SimpleNamespace) -> None:
    director, head = signed_in(cast.director), signed_in(cast.head)
    pages: list[tuple[Client, str]] = [
        (director, "/door/"),
        (director, "/slots/"),
        (director, "/agreements/"),
        (head, "/agreements/"),
    ]
    declare(cast.site)
    agree(cast)
    few = [asked(*page) for page in pages]
    for number in range(1, 6):
        declare(cast.site, at=NOON + timedelta(minutes=number), types=[type_("T01")])
        agree(cast)
    many = [asked(*page) for page in pages]
    assert many == few
    frame = [asked(client, "/help/") for client, _address in pages]
    own = [number - others for number, others in zip(many, frame, strict=True)]
    assert [number for number in own if number > MOST_FOR_A_LIST] == []


def test_the_card_asks_the_same_number_of_questions_however_much_it_shows(
    cast: SimpleNamespace,
) -> None:
    declare(cast.site)
    agree(cast)
    few = asked(Client(), card_of(cast))
    for number in range(1, 5):
        site = cast.house.sites.create(name=f"Корпус {number}", district=cast.site.district)
        declare(site, types=[type_("T01")])
        close(site, TODAY + days(20 + number), TODAY + days(25))
        agree(cast)
    assert asked(Client(), card_of(cast)) == few
    assert few <= MOST_FOR_A_CARD
