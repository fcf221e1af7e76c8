"""People: members with a role, and volunteers who are cleared for supervised contact."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.memberships import group_of
from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from benchmarks.fill.cases import CHUNK, concern, open_cases, run
from benchmarks.fill.ground import Ground
from registry.models import Institution, Tier
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Outcome, Requirement, Volunteer

SINCE = DateRange(date(2025, 1, 1), None)
OF_CHILDREN = "parent"
BORN = date(1990, 5, 17)
A_MONTH, A_YEAR = timedelta(days=30), timedelta(days=365)
FAMILIES = ("Иванова", "Петров", "Соколова", "Ёлкин", "Морозова", "Волков", "Лебедева")


def members(organisation: Organisation, role: str, number: int = 1) -> list[User]:
    """So many people with this role there."""
    people = User.objects.bulk_create(
        User(
            email=f"{role}{n}.{organisation.pk}@example.org",
            given_name="Анна",
            family_name=f"{FAMILIES[n % len(FAMILIES)]}-{n}",
            password="!",  # noqa: S106  (nobody signs in with one)
            language="ru",
        )
        for n in range(number)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=organisation, role=role, during=SINCE) for one in people
    )
    group_of(organisation, role).user_set.add(*people)
    return list(people)


def volunteers(
    ground: Ground, houses: Sequence[Institution], number: int, at: datetime, rulebook: int
) -> list[User]:
    """So many volunteers of the NGO, with everything their tier asks for, at these houses too."""
    people = members(ground.ngo.organisation, Role.VOLUNTEER, number)
    Volunteer.objects.bulk_create(Volunteer(person=one, born_on=BORN) for one in people)
    known: Any = Requirement.objects.asked(at.date(), at.date())
    asked = list(known.filter(tier__lte=Tier.V2).exclude(code=OF_CHILDREN))
    wanted = [
        (person, requirement, house)
        for person in people
        for requirement in asked
        for house in (houses if requirement.per_institution else [None])
    ]
    cases = open_cases(
        OutcomeFlow,
        at - A_MONTH,
        (_case(ground, house) for _, _, house in wanted),
    )
    Outcome.objects.bulk_create(
        (
            _outcome(case, person, requirement, house, at)
            for case, (person, requirement, house) in zip(cases, wanted, strict=True)
        ),
        CHUNK,
    )
    concern((case, row[0].pk) for case, row in zip(cases, wanted, strict=True))
    validity = {"started_at": at - A_MONTH, "due_at": at - A_MONTH + A_YEAR}
    ending = (case for case, row in zip(cases, wanted, strict=True) if row[1].months)
    run(((case, "validity", validity) for case in ending), rulebook)
    return people


def _case(ground: Ground, house: Institution | None) -> dict[str, Any]:
    return {"owner_id": house.pk if house else ground.department.pk, "state": "valid"}


def _outcome(
    case: Any, person: User, requirement: Requirement, house: Institution | None, at: datetime
) -> Outcome:
    on = (at - A_MONTH).date()
    return Outcome(
        case=case,
        volunteer=person,
        requirement=requirement,
        institution=house,
        on=on,
        valid_through=on + A_YEAR if requirement.months else None,
        counts=True,
    )
