"""What the database itself holds of a visit: one place at a time, one tenant, parts that follow."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg2 import sql

from accounts.roles import Role
from institutions.models import Agreement
from tests.visits import receiving as make
from tests.visits.asking import another_house, hat, take
from visits.flows import VisitFlow
from visits.models import Participation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def change(table: str, key: int, **values: object) -> None:
    """What no page offers: a column is written past every rule."""
    names = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value))
        for name, value in values.items()
    )
    key_name = "case_id" if table == "visits_visit" else "visit_id"
    where = sql.SQL("update {} set {} where {} = {}").format(
        sql.Identifier(table), names, sql.Identifier(key_name), sql.Literal(key)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(where)
        cursor.execute("set constraints all immediate")


def test_the_database_lets_nobody_be_in_two_places(cast: SimpleNamespace) -> None:
    other = another_house(cast)
    who = make.helper(cast)
    here = make.booked(cast, who)
    there = make.request(other, make.helper(other, "Пётр"))
    with pytest.raises(IntegrityError, match="nobody_in_two_places"), transaction.atomic():
        Participation.objects.create(visit=there, volunteer=who.person, during=there.during)
    take(VisitFlow.cancel, here, hat(cast, Role.COORDINATOR), code="K1", reason="Едем позже")
    Participation.objects.create(visit=there, volunteer=who.person, during=there.during)


def test_a_visit_never_points_across_tenants(cast: SimpleNamespace) -> None:
    other = another_house(cast)
    visit = make.request(cast, make.helper(cast))
    foreign_deal = Agreement.objects.get(institution=other.house)
    for column, value, constraint in (
        ("slot_id", make.slot(other).pk, "visit_in_a_slot_of_its_institution"),
        ("offered_slot_id", make.slot(other).pk, "visit_offered_a_slot_of_its_institution"),
        ("agreement_id", foreign_deal.pk, "visit_under_an_agreement_of_its_sides"),
        ("institution_id", other.house.pk, "visit_case_of_its_institution"),
    ):
        with pytest.raises(IntegrityError, match=constraint):
            change("visits_visit", visit.pk, **{column: value})


def test_a_part_follows_its_visit_and_no_other_time(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    with pytest.raises(IntegrityError, match="participation_follows"):
        change("visits_participation", visit.pk, active=False)
