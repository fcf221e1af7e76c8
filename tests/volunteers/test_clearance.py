"""Who is cleared: what is missing, until when, for whom, and the same answer in lists."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from casework.models import Parameter
from registry.models import Institution
from tests.factories import institution, person
from tests.volunteers.barring import coordinator_of, suspended
from tests.volunteers.making import (
    TODAY,
    clear,
    cleared_tier,
    give,
    noon,
    somebody,
    visit_often,
    volunteer,
)
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Experience, Outcome, Volunteer
from volunteers.queries import clearance
from volunteers.queries.people import cleared

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
IN_A_YEAR = date(2027, 7, 7)


def lacks(
    who: Volunteer,
    tier: str,
    house: Institution | None,
    on: date = TODAY,
    last_on: date | None = None,
) -> list[tuple[str, str]]:
    place = house.pk if house else None
    missing = clearance.missing_for([who.pk], tier, place, on, last_on or on)[who.pk]
    return [(one.requirement.code if one.requirement else "", one.why) for one in missing]


def test_a_newcomer_is_cleared_as_an_escorted_guest_only(
    anna: Volunteer, house: Institution
) -> None:
    assert lacks(anna, "V0", house) == []
    assert [code for code, _ in lacks(anna, "V1", house)] == [
        "identity",
        "consent",
        "conduct",
        "induction",
    ]
    assert cleared_tier([anna.pk], house.pk, TODAY) == {anna.pk: "V0"}


@pytest.mark.parametrize("tier", ["V1", "V2", "V3"])
def test_whoever_has_everything_is_cleared(anna: Volunteer, house: Institution, tier: str) -> None:
    clear(anna, tier, institution=house)
    assert lacks(anna, tier, house) == []
    assert clearance.is_cleared(anna.pk, tier, house.pk, TODAY, TODAY)
    assert cleared_tier([anna.pk], house.pk, TODAY) == {anna.pk: tier}


@pytest.mark.parametrize(
    "code", ["record", "fluorography", "medical", "test", "references", "interview", "risk"]
)
def test_every_requirement_of_contact_work_is_needed(
    anna: Volunteer, house: Institution, code: str
) -> None:
    clear(anna, "V2", institution=house, without=[code])
    assert lacks(anna, "V2", house) == [(code, "missing")]


def test_an_induction_holds_in_its_own_institution(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V1", institution=house)
    elsewhere = institution("Северный парус")
    assert lacks(anna, "V1", elsewhere) == [("induction", "missing")]
    assert lacks(anna, "V1", None) == []


def test_the_last_valid_day_counts_and_the_next_does_not(
    anna: Volunteer, house: Institution
) -> None:
    clear(anna, "V1", institution=house)
    assert lacks(anna, "V1", house, IN_A_YEAR) == []
    assert lacks(anna, "V1", house, IN_A_YEAR + DAY) == [
        ("conduct", "expired"),
        ("induction", "expired"),
    ]
    assert lacks(anna, "V1", house, IN_A_YEAR, IN_A_YEAR + DAY) == [
        ("conduct", "ends_before"),
        ("induction", "ends_before"),
    ]


def test_a_renewal_counts_from_the_day_it_was_given(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V1", institution=house, on=date(2026, 1, 10))
    give(anna, "conduct")
    assert lacks(anna, "V1", house, date(2027, 1, 9)) == []
    assert lacks(anna, "V1", house, date(2027, 1, 10)) == [("induction", "expired")]


def test_what_ended_is_said_to_have_ended_whether_or_not_the_sweep_came(
    anna: Volunteer, house: Institution
) -> None:
    clear(anna, "V1", institution=house, on=date(2025, 1, 10))
    before = lacks(anna, "V1", house)
    for outcome in Outcome.objects.filter(valid_through__lt=TODAY):
        OutcomeFlow.expire(outcome, by=None, at=noon(TODAY), key=f"expire:{outcome.pk}")
    assert before == [("conduct", "expired"), ("induction", "expired")]
    assert lacks(anna, "V1", house) == before


def test_a_missing_thing_says_what_to_do_and_where(anna: Volunteer) -> None:
    with translation.override("ru"):
        (first, *_) = clearance.missing_for([anna.pk], "V1", None, TODAY, TODAY)[anna.pk]
    assert first.text == "Паспорт: пока нет."
    assert first.remedy == "Запись делает организация волонтёра."
    assert first.url == "/clearance/#identity"


@pytest.mark.parametrize(
    ("visits", "months", "enough"),
    [(8, 3, True), (7, 3, False), (8, 2, False)],
)
def test_experience_is_eight_visits_over_three_months(
    anna: Volunteer, house: Institution, visits: int, months: int, enough: bool
) -> None:
    clear(anna, "V3", institution=house, without=["experience"])
    days = [date(2026, 7 - months, 8), *[TODAY] * (visits - 1)]
    for n, on in enumerate(days):
        Experience.objects.create(volunteer=anna.person, institution=house, on=on, source=f"v-{n}")
    assert lacks(anna, "V3", house) == ([] if enough else [("experience", "missing")])


def test_the_rulebook_says_how_much_experience_is_enough(
    anna: Volunteer, house: Institution
) -> None:
    clear(anna, "V3", institution=house)
    person = Volunteer.objects.filter(pk=anna.pk)
    for code, more in (("vetting.visits", 9), ("vetting.months", 4)):
        assert lacks(anna, "V3", house) == []
        assert person.filter(cleared("V3", house.pk, TODAY, TODAY)).exists()
        numbers = Parameter.objects.filter(code=code)
        enough = numbers.get().value
        numbers.update(value=more)
        (found,) = clearance.missing_for([anna.pk], "V3", house.pk, TODAY, TODAY)[anna.pk]
        assert str(more) in found.text
        assert not person.filter(cleared("V3", house.pk, TODAY, TODAY)).exists()
        numbers.update(value=enough)


def test_experience_elsewhere_does_not_count(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V3", institution=house, without=["experience"])
    visit_often(anna, institution("Северный парус"))
    assert lacks(anna, "V3", house) == [("experience", "missing")]


def test_somebody_under_18_does_no_contact_work(home: Organisation, house: Institution) -> None:
    young = volunteer(home, born=date(2010, 7, 9))
    clear(young, "V3", institution=house)
    assert lacks(young, "V1", house) == [("parent", "missing")]
    give(young, "parent")
    assert lacks(young, "V1", house) == []
    assert lacks(young, "V2", house) == [("", "minor")]
    assert cleared_tier([young.pk], house.pk, TODAY) == {young.pk: "V1"}
    assert lacks(young, "V2", house, date(2028, 7, 9), date(2028, 7, 9))[0][1] != "minor"


def test_nobody_under_14_and_nobody_without_a_birthday(
    home: Organisation, house: Institution
) -> None:
    child = volunteer(home, born=date(2013, 7, 8))
    unknown = volunteer(home, born=None)
    clear(unknown, "V2", institution=house)
    assert lacks(child, "V0", house) == [("", "too_young")]
    assert cleared_tier([child.pk], house.pk, TODAY) == {child.pk: ""}
    assert lacks(unknown, "V1", house) == []
    assert lacks(unknown, "V2", house) == [("", "birthday")]


def test_a_guest_family_is_cleared_elsewhere(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V3", institution=house)
    assert lacks(anna, "V4", house) == [("", "other_track")]


def test_a_user_without_a_profile_is_missing_everything(house: Institution) -> None:
    stranger = person()
    missing = clearance.missing_for([stranger.pk], "V1", house.pk, TODAY, TODAY)
    assert [one.why for one in missing[stranger.pk]] == ["missing"] * 4
    everything = clearance.missing_for([stranger.pk], "V3", house.pk, TODAY, TODAY)[stranger.pk]
    assert "визитов 0 из 8" in next(one.text for one in everything if "опыт" in one.text.lower())


def test_the_answer_costs_one_query_for_any_number_of_people(
    home: Organisation, house: Institution
) -> None:
    people = [volunteer(home) for _ in range(12)]
    clear(people[0], "V3", institution=house)
    for size in (1, 12):
        keys = [one.pk for one in people[:size]]
        with CaptureQueriesContext(connection) as spent:
            clearance.missing_for(keys, "V3", house.pk, TODAY, TODAY)
        assert len(spent) == 1


def test_revoking_takes_the_clearance_away(anna: Volunteer, house: Institution) -> None:
    clear(anna, "V1", institution=house)
    identity = Outcome.objects.get(requirement__code="identity")
    by = somebody(identity.case.owner, "coordinator")
    OutcomeFlow.revoke(
        identity, by=by, at=noon(TODAY), key="r", code="mistake", reason="Не тот паспорт."
    )
    assert lacks(anna, "V1", house) == [("identity", "missing")]


# What people may have, in every combination that a list could get wrong.
HAVE = st.fixed_dictionaries(
    {
        "born": st.sampled_from([None, date(1990, 1, 1), date(2008, 7, 8), date(2008, 7, 9)])
        | st.sampled_from([date(2012, 7, 8), date(2012, 7, 9), date(2012, 2, 29)]),
        "without": st.sets(
            st.sampled_from(["identity", "conduct", "record", "test", "training", "trust"]),
            max_size=2,
        ),
        "tier": st.sampled_from(["V1", "V2", "V3"]),
        "on": st.sampled_from([date(2025, 7, 8), date(2025, 7, 9), TODAY]),
        "parent": st.booleans(),
        "experienced": st.booleans(),
        # From how many days on, through how many; none: not suspended at all.
        "suspended": st.sampled_from([None, None, (0, 0), (0, None), (1, None), (300, 500)]),
    }
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(have=st.lists(HAVE, min_size=1, max_size=2))
def test_a_list_and_a_single_answer_agree(
    home: Organisation, house: Institution, have: list[dict[str, object]]
) -> None:
    people = []
    for one in have:
        who = volunteer(home, born=one["born"])  # type: ignore[arg-type]
        skipped = {*one["without"], *(() if one["experienced"] else ("experience",))}  # type: ignore[misc]
        clear(who, one["tier"], institution=house, on=one["on"], without=skipped)  # type: ignore[arg-type]
        if one["parent"]:
            give(who, "parent", on=TODAY)
        if one["suspended"]:
            first, last = (n if n is None else TODAY + n * DAY for n in one["suspended"])  # type: ignore[attr-defined]
            suspended(who, coordinator_of(home), first, last)  # type: ignore[arg-type]
        people.append(who.pk)
    for tier in ("V0", "V1", "V2", "V3", "V4"):
        for place in (house.pk, None):
            for last in (TODAY, TODAY + 400 * DAY):
                listed = Volunteer.objects.filter(cleared(tier, place, TODAY, last), pk__in=people)
                single = {p for p in people if clearance.is_cleared(p, tier, place, TODAY, last)}
                assert set(listed.values_list("pk", flat=True)) == single, (tier, place, last)
