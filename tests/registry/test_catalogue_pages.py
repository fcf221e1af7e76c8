"""The pages on which the catalogue is changed, compared and read through time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.roles import Role
from registry.catalogue.content import PARTS, of_type
from registry.models import TypeChange, TypeVersion
from registry.queries.types import newest
from tests import factories as make
from tests.registry.applicants import NOW
from tests.registry.test_catalogue_change import SOON, approved, proposed, type_
from tests.visits.receiving import signed_in, words

pytestmark = pytest.mark.django_db
W = TypeChange.What
IN_ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def registrar() -> Client:
    return signed_in(make.registrar())


def typed(**fields: Any) -> dict[str, Any]:
    own = {"key": "k", "from_on": SOON.isoformat(), "why": "Решение рабочей группы"}
    return of_type(newest(type_("T05").pk)) | own | fields


def hats() -> list[Any]:
    return [make.acting(make.registrar()) for _ in range(2)]


def test_a_registrar_writes_and_another_approves_what_stands_side_by_side(
    registrar: Client,
) -> None:
    form = words(registrar.get("/types/T05/change/"))
    assert 'value="Leisure and games in a group"' in form
    answer = registrar.post("/types/T05/change/", typed(name_en="Leisure and music in a group"))
    change = TypeChange.objects.select_related("case").get()
    page = f"/types/changes/{change.case.ref}/"
    assert (answer.status_code, answer["location"]) == (302, page)
    assert "Approve the change" not in words(registrar.get(page))
    other = signed_in(make.registrar())
    both = words(other.get(page))
    assert "Leisure and <del>games</del> in a group" in both
    assert "Leisure and <ins>music</ins> in a group" in both
    assert other.get(f"/cases/{change.case.ref}/approve/")["location"] == page
    sent = {"key": "a", "seen": "1", "confirmed": ""}
    assert other.post(f"/cases/{change.case.ref}/approve/", sent).status_code == 302
    assert TypeVersion.objects.filter(type__code="T05").count() == 2
    assert "Version 2 from 22 November 2026" in words(other.get("/types/changes/"))


def test_anybody_reads_what_a_type_was_and_will_be() -> None:
    one, two = hats()
    approved(proposed(one, tier="V3"), two)
    page = words(Client().get("/types/T05/", headers=IN_ENGLISH))
    assert "Will hold from 22 November 2026" in page
    assert "Write a new version" not in page
    compared = words(Client().get("/types/T05/versions/2/", headers=IN_ENGLISH))
    assert "<del>2</del>" not in compared
    assert "<del>V2</del>" in compared
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        later = words(Client().get("/types/T05/", headers=IN_ENGLISH))
    assert "Held through 21 November 2026" in later


def test_a_retired_type_keeps_its_page_and_says_so() -> None:
    one, two = hats()
    approved(proposed(one, W.RETIREMENT), two)
    assert "will be retired" in words(Client().get("/types/T05/", headers=IN_ENGLISH))
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        page = words(Client().get("/types/T05/", headers=IN_ENGLISH))
        listed = words(Client().get("/types/", headers=IN_ENGLISH))
    assert "This type was retired" in page
    assert "/types/T05/" not in listed


def test_a_type_is_retired_and_a_procedure_changed_on_pages(registrar: Client) -> None:
    sent = {"key": "k", "from_on": SOON.isoformat(), "why": "Больше не нужен"}
    assert registrar.post("/types/T05/retire/", sent).status_code == 302
    steps = {"steps-TOTAL_FORMS": "2", "steps-INITIAL_FORMS": "0"}
    names = [f"{part}_{one}" for part in PARTS for one in ("ru", "en")]
    steps |= {f"steps-0-{name}": "слово" for name in names}
    answer = registrar.post("/types/T01/procedure/", sent | steps | {"key": "p"})
    assert answer.status_code == 302
    change = TypeChange.objects.get(what=W.PROCEDURE)
    assert change.content == {"steps": [dict.fromkeys(names, "слово")]}
    other = signed_in(make.registrar())
    assert "Step 1" in words(other.get(answer["location"]))


@pytest.mark.parametrize(
    ("where", "sent", "field"),
    [
        ("change", {"from_on": "2026-11-02"}, "from_on"),
        ("change", {"from_on": "9999-12-31"}, "from_on"),
        ("change", {"risk": "huge"}, "risk"),
        ("change", {"kinds": ["X"]}, "kinds"),
        ("change", {"name_ru": "а" * 121}, "name_ru"),
        ("change", {"limits_en": "\x00"}, "limits_en"),
        ("retire", {"from_on": "вчера"}, "from_on"),
        ("retire", {"why": ""}, "why"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    registrar: Client, where: str, sent: dict[str, Any], field: str
) -> None:
    page = words(registrar.post(f"/types/T05/{where}/", typed(risk="low") | sent))
    assert 'class="error"' in page
    assert f'name="{field}"' in page
    assert not TypeChange.objects.exists()


def test_a_step_is_said_in_both_languages_or_not_at_all(registrar: Client) -> None:
    sent = {"key": "k", "from_on": SOON.isoformat(), "why": "Порядок"}
    steps = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-actor_ru": "Кто"}
    page = words(registrar.post("/types/T01/procedure/", sent | steps))
    assert "This must be said in both languages." in page
    for broken in ({"steps-TOTAL_FORMS": "x"}, {}, {"steps-TOTAL_FORMS": "99999999999"}):
        assert registrar.post("/types/T01/procedure/", sent | broken).status_code == 200
    assert not TypeChange.objects.exists()


@pytest.mark.parametrize("role", [Role.CHECKER, Role.AUDITOR])
def test_others_of_the_department_change_nothing(role: str) -> None:
    browser = signed_in(make.member(make.department(), role))
    for page in ("/types/T05/change/", "/types/T05/retire/", "/types/changes/"):
        assert browser.get(page).status_code == 404


@pytest.mark.parametrize(
    "page",
    ["/types/T99/", "/types/T99/change/", "/types/changes/T-1/", "/types/T05/versions/7/"],
)
def test_there_is_no_page_of_what_is_not_there(registrar: Client, page: str) -> None:
    assert registrar.get(page).status_code == 404
