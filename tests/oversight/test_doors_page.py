"""The map of doors, and the list behind each of its signs: for everybody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from institutions.models import Level
from registry.models import District, Institution, Site
from tests import factories as make
from tests.institutions.doing import close, declare

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ru"
    return client


def house(name: str, district: str, level: str = "") -> Institution:
    """An institution in a district whose director has declared this level."""
    made = make.institution(name)
    make.member(made.organisation, Role.DIRECTOR)
    made.sites.update(district=District.objects.get(name=district))
    site = made.sites.get()
    at = timezone.now() - timedelta(days=1)
    if level == Level.SHUT:
        today = timezone.localdate()
        close(site, today - timedelta(days=1), today + timedelta(days=5), at=at)
    elif level:
        declare(site, level, at=at)
    return made


def oktmo(name: str) -> str:
    return District.objects.get(name=name).oktmo


def rows(client: Client, district: str) -> list[tuple[str, str, int | None]]:
    houses = client.get(f"/map/{oktmo(district)}/").context["houses"]
    return [(str(one.institution), one.level, one.answers) for one in houses]


def test_the_map_counts_institutions_by_their_doors(visitor: Client) -> None:
    house("Липа", "Марфино", "half")
    house("Берёза", "Марфино", "wide")
    house("Клён", "Арбат")
    page = visitor.get("/")
    assert page.context["doors"] == {"shut": 0, "ajar": 1, "half": 1, "wide": 1}
    signs = {sign.name: (sign.url, dict(sign.doors)) for sign in page.context["map"].districts}
    assert signs == {
        "Марфино": (f"/map/{oktmo('Марфино')}/", {"half": 1, "wide": 1}),
        "Арбат": (f"/map/{oktmo('Арбат')}/", {"ajar": 1}),
    }


def test_an_okrug_opens_its_institutions_in_the_register(visitor: Client) -> None:
    made = house("Клён", "Арбат")
    (sign,) = visitor.get("/").context["map"].okrugs
    listed = visitor.get(sign.url).context["rows"]
    assert [row["organisation"] for row in listed] == [made.organisation]


def test_a_map_without_institutions_says_so(visitor: Client) -> None:
    page = visitor.get("/")
    assert page.context["map"].districts == []
    assert "В\u00a0реестре пока нет учреждений" in page.content.decode()


def test_a_district_lists_its_institutions_by_name_with_door_and_answer_time(
    visitor: Client,
) -> None:
    house("Ясень", "Марфино", "wide")
    house("Ёлка", "Марфино", "half")
    house("Ельник", "Марфино")
    house("Дуб", "Марфино", "shut")
    house("Клён", "Арбат", "wide")
    assert rows(visitor, "Марфино") == [
        ("Дуб", "shut", None),
        ("Ельник", "ajar", 2),
        ("Ёлка", "half", 1),
        ("Ясень", "wide", 1),
    ]


def test_the_district_itself_is_marked_on_the_map(visitor: Client) -> None:
    house("Ясень", "Марфино", "wide")
    house("Клён", "Арбат")
    drawn = visitor.get(f"/map/{oktmo('Марфино')}/").context["map"]
    assert [sign.name for sign in drawn.districts if sign.chosen] == ["Марфино"]


def test_of_several_sites_in_a_district_the_widest_door_counts(visitor: Client) -> None:
    made = house("Ясень", "Марфино", "half")
    second = Site.objects.create(
        institution=made, name="Второй корпус", district=District.objects.get(name="Марфино")
    )
    declare(second, "wide", at=timezone.now() - timedelta(days=1))
    elsewhere = Site.objects.create(
        institution=made, name="Третий корпус", district=District.objects.get(name="Арбат")
    )
    assert elsewhere.pk
    assert rows(visitor, "Марфино") == [("Ясень", "wide", 1)]
    assert rows(visitor, "Арбат") == [("Ясень", "ajar", 2)]


def test_a_district_without_institutions_says_so(visitor: Client) -> None:
    page = visitor.get(f"/map/{oktmo('Марфино')}/")
    assert page.status_code == 200
    assert "нет учреждений этого района" in page.content.decode()


def test_every_district_of_the_city_has_its_page(visitor: Client) -> None:
    for district in District.objects.all():
        assert visitor.get(f"/map/{district.oktmo}/").status_code == 200, district.name


@pytest.mark.parametrize("where", ["/map/1/", f"/map/{'9' * 400}/", "/map/%00/", "/map/x/"])
def test_a_district_that_does_not_exist_is_not_found(visitor: Client, where: str) -> None:
    assert visitor.get(where).status_code == 404


@pytest.mark.parametrize("where", ["/", "/map/{}/"])
def test_queries_do_not_grow_with_the_rows(visitor: Client, where: str) -> None:
    where = where.format(oktmo("Марфино"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert visitor.get(where).status_code == 200
        return len(caught)

    house("Ясень", "Марфино", "wide")
    few = queries()
    for number in range(8):
        house(f"Дом {number}", "Марфино", "half")
        house(f"Дом у Арбата {number}", "Арбат")
    assert queries() == few
    assert few <= 8
