"""`manage.py clearance`: the answer of every page, for whoever checks it from outside."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from registry.models import Institution
from tests.volunteers.making import TODAY, clear, give, volunteer
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
OGRN = "1027700000001"
LAST = date(2027, 7, 7)  # the last valid day of what was recorded today for a year
DAY = timedelta(days=1)


@pytest.fixture
def house(house: Institution) -> Institution:
    Organisation.objects.filter(pk=house.pk).update(ogrn=OGRN)
    return house


def asked(who: Volunteer, code: str, first: date, last: date | None = None) -> dict[str, Any]:
    out = StringIO()
    days = {"first": first, "last": last or first}
    call_command(
        "clearance", who.person.email, code=code, institution=OGRN, json=True, stdout=out, **days
    )
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_whoever_has_everything_is_cleared(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V2", institution=house)
    assert asked(anna, "T01", TODAY, LAST) == {"cleared": True, "objections": []}


def test_what_is_missing_is_said_with_what_to_do(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V2", institution=house, without=["interview"])
    answer = asked(anna, "T01", TODAY)
    assert answer["cleared"] is False
    assert [(one["code"], one["clears_on"]) for one in answer["objections"]] == [
        ("interview.missing", None)
    ]
    assert all(one["text"] and one["remedy"] for one in answer["objections"])


def test_outside_the_gate_a_paper_outlives_the_return_by_a_day(
    anna: Volunteer, house: Institution
) -> None:
    clear(anna, "V3", institution=house)
    assert asked(anna, "T03", LAST)["cleared"] is True
    assert asked(anna, "T07", LAST - DAY)["cleared"] is True
    ending = {one["code"].partition(".")[2] for one in asked(anna, "T07", LAST)["objections"]}
    assert ending == {"ends_before"}


def test_a_birthday_clears_by_itself(home: Organisation, house: Institution) -> None:
    young = volunteer(home, born=date(2009, 3, 1))
    clear(young, "V1", institution=house)
    give(young, "parent")
    objections = asked(young, "T01", TODAY)["objections"]
    assert {"minor": "2027-03-01"}.items() <= {
        o["code"]: o["clears_on"] for o in objections
    }.items()


@pytest.mark.parametrize("changed", [{"code": "T99"}, {"institution": "1"}, {"last": TODAY - DAY}])
def test_what_does_not_exist_is_refused(
    anna: Volunteer, house: Institution, changed: dict[str, Any]
) -> None:
    given = {"code": "T01", "institution": OGRN, "first": TODAY, "last": TODAY} | changed
    with pytest.raises(CommandError):
        call_command("clearance", anna.person.email, **given)
