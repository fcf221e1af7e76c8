"""Institutions, sites, NGOs and registrations: what the database refuses, what questions answer."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from registry import queries
from registry.models import Registration, Site, Standing
from tests.registry import world

pytestmark = pytest.mark.django_db
FIRST, LAST, AFTER = date(2025, 1, 1), date(2027, 12, 31), date(2028, 1, 1)


def test_an_ngo_is_registered_once_at_a_time() -> None:
    ngo = world.ngo()
    with pytest.raises(IntegrityError, match="registration_one_at_a_time"):
        Registration.objects.create(ngo=ngo, number="2", during=DateRange(LAST, None))


def test_a_withdrawn_registration_leaves_room_for_another() -> None:
    ngo = world.ngo()
    Registration.objects.update(withdrawn_on=date(2026, 1, 1))
    Registration.objects.create(ngo=ngo, number="2", during=DateRange(LAST, None))
    assert Registration.objects.count() == 2


def test_a_registration_has_a_day() -> None:
    with pytest.raises(IntegrityError, match="registration_period_not_empty"):
        world.ngo(during=DateRange(FIRST, FIRST))


def test_a_register_number_is_given_once() -> None:
    world.ngo()
    other = world.ngo(ref="ngo-2", during=None)
    number = Registration.objects.get().number
    with pytest.raises(IntegrityError, match="registry_registration_number"):
        Registration.objects.create(ngo=other, number=number, during=world.THREE_YEARS)


def test_a_type_is_approved_once_for_a_kind() -> None:
    world.ngo()
    with pytest.raises(IntegrityError, match="approved_once_in_registration"):
        world.approve(Registration.objects.get(), "T01", "C")


def test_places_are_counted_from_one() -> None:
    with pytest.raises(IntegrityError, match="institution_beds_counted"):
        world.institution(beds=0)


def test_a_site_has_a_name_of_its_own_in_its_institution() -> None:
    site = world.institution().sites.get()
    with pytest.raises(IntegrityError, match="site_name_once"):
        Site.objects.create(institution=site.institution, name=site.name, district=site.district)


@pytest.mark.parametrize(
    ("on", "withdrawn_on", "standing"),
    [
        (date(2024, 12, 31), None, Standing.NOT_YET),
        (FIRST, None, Standing.IN_FORCE),
        (LAST, None, Standing.IN_FORCE),
        (AFTER, None, Standing.EXPIRED),
        (date(2026, 3, 1), date(2026, 3, 1), Standing.WITHDRAWN),
        (date(2026, 2, 28), date(2026, 3, 1), Standing.IN_FORCE),
    ],
)
def test_standing_and_question_agree(
    on: date, withdrawn_on: date | None, standing: Standing
) -> None:
    world.ngo()
    Registration.objects.update(withdrawn_on=withdrawn_on)
    registration = Registration.objects.get()
    assert registration.standing(on) == standing
    found = list(Registration.objects.in_force(on))
    assert found == ([registration] if standing == Standing.IN_FORCE else [])


@pytest.mark.parametrize(
    ("type_code", "kind_code", "on", "covered"),
    [
        ("T07", "R", FIRST, True),
        ("T07", "R", LAST, True),
        ("T07", "R", AFTER, False),
        ("T01", "R", FIRST, False),
        ("T02", "C", FIRST, False),
        ("T99", "C", FIRST, False),
    ],
)
def test_a_registration_covers_its_types_in_its_kinds(
    type_code: str, kind_code: str, on: date, covered: bool
) -> None:
    ngo = world.ngo()
    world.ngo(ref="other", allowed=[("T02", "C"), ("T01", "R")])
    assert world.covers(ngo.pk, type_code, kind_code, on) is covered


def test_approved_types_are_told_with_their_kinds() -> None:
    ngo = world.ngo()
    assert queries.approved_types(ngo.pk, FIRST) == {"T01": ["C"], "T07": ["C", "R"]}
    assert queries.approved_types(ngo.pk, AFTER) == {}
