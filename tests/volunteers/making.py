"""Volunteers in tests: cleared by taking the steps, never by writing states."""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from accounts.hats import Acting
from accounts.models import Organisation, User
from accounts.roles import Role
from casework.parameters import rules_on
from registry.models import Institution
from tests.factories import acting, department, member, person
from volunteers.barring.comparing import compare_changed
from volunteers.models import CheckedBy, Experience, Outcome, Requirement, Volunteer
from volunteers.models.vetting import PARENT, TRUST
from volunteers.queries.clearance import standings
from volunteers.rules import PASSED
from volunteers.services import outcomes
from volunteers.validity import months_after

TODAY = date(2026, 7, 8)
NOON = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
BORN = date(1990, 5, 17)
_keys = itertools.count(1)


def key() -> str:
    return f"form-{next(_keys)}"


def noon(on: date) -> datetime:
    return datetime.combine(on, time(9), UTC)


def volunteer(ngo: Organisation, *, born: date | None = BORN, name: str = "Анна") -> Volunteer:
    """Somebody who volunteers for this NGO since long ago."""
    who = member(ngo, Role.VOLUNTEER, who=person(name))
    made = Volunteer.objects.create(person=who, born_on=born)
    compare()
    return made


def compare() -> None:
    """As the worker does at once: nobody waits to be compared with people barred."""
    compare_changed(NOON)


def somebody(org: Organisation, role: str, on: date = TODAY) -> Acting:
    """A new member there, in the hat of this role."""
    return acting(member(org, role), on, role)


def anybody(org: Organisation, role: str, *but: User) -> Acting:
    """A member there in this role, other than these people; a new one where there is none."""
    known = User.objects.filter(memberships__organisation=org, memberships__role=role)
    found = known.exclude(pk__in=[one.pk for one in but]).order_by("pk").first()
    return acting(found or member(org, role), TODAY, role)


def requirement(code: str) -> Requirement:
    return Requirement.objects.get(code=code)


def checker_of(asked: Requirement, who: Volunteer, institution: Institution | None) -> Acting:
    """Somebody who may record this requirement of this person."""
    if asked.checked_by == CheckedBy.SELF:
        return acting(who.person, TODAY, Role.VOLUNTEER)
    if asked.checked_by == CheckedBy.NGO:
        ngo = who.person.memberships.filter(role=Role.VOLUNTEER).earliest("pk").organisation
        return anybody(ngo, Role.COORDINATOR, who.person)
    if asked.checked_by == CheckedBy.INSTITUTION:
        assert institution is not None
        role = Role.DIRECTOR if asked.code == TRUST else Role.DESK
        return anybody(institution.organisation, role, who.person)
    return anybody(department(), Role.CHECKER, who.person)


def give(
    who: Volunteer,
    code: str,
    *,
    on: date = TODAY,
    at: datetime | None = None,
    institution: Institution | None = None,
    passed: bool = True,
    number: str = "77-4417",
) -> Outcome:
    """An outcome of this requirement, confirmed where two must agree."""
    asked = requirement(code)
    department()
    by = None
    if asked.checked_by != CheckedBy.SYSTEM:
        by = checker_of(asked, who, institution)
    at = at or noon(on)
    made = outcomes.record(
        who,
        asked,
        by=by,
        at=at,
        key=key(),
        on=on,
        passed=passed,
        number=number,
        institution=institution,
    )
    if asked.two_people and passed:
        assert by is not None
        second = anybody(department(), Role.CHECKER, who.person, by.user)  # type: ignore[arg-type]
        outcomes.second_opinion(made, PASSED, by=second, at=at, key=key())
    return Outcome.objects.select_related("case", "requirement").get(pk=made.pk)


def visit_often(who: Volunteer, institution: Institution, *, until: date = TODAY) -> None:
    """Enough visits there, over enough months."""
    rules = rules_on(until)
    first = months_after(until, -rules.number("vetting.months"))
    days = [first, *[until] * (rules.number("vetting.visits") - 1)]
    Experience.objects.bulk_create(
        Experience(
            volunteer=who.person,
            institution=institution,
            on=on,
            source=f"visit-{who.pk}-{institution.pk}-{n}",
        )
        for n, on in enumerate(days)
    )


def clear(
    who: Volunteer,
    tier: str,
    *,
    institution: Institution | None = None,
    on: date = TODAY,
    without: Iterable[str] = (),
) -> None:
    """Everything this tier asks for, on this day."""
    skipped = {PARENT, *without}
    for asked in (
        Requirement.objects.asked(date.min, None).filter(tier__lte=tier).exclude(code__in=skipped)
    ):
        if asked.per_institution and institution is None:
            continue
        if asked.code == "experience":
            assert institution is not None
            visit_often(who, institution, until=on)
        else:
            place = institution if asked.per_institution else None
            give(who, asked.code, on=on, institution=place)


def shown(user: User) -> str:
    return f"{user.family_name} {user.given_name}"


def cleared_tier(people: Iterable[int], institution_id: int | None, on: date) -> dict[int, str]:
    """The highest tier each person is cleared for on this day; empty for whoever is too young."""
    return {key: one.tier for key, one in standings(people, institution_id, on).items()}
