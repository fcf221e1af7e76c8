"""Deputies hold a role for dates and no longer; being away is a fact that locks nobody out."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts import memberships
from accounts.hats import acting_as, hats_of
from accounts.models import Membership, User
from accounts.roles import Role
from casework import absences
from casework.absences import Days, come_back, go_away, name_deputy
from casework.invitations import end_membership
from casework.models import Absence, Decision, Entry, Notice
from casework.process import Refused
from institutions.flows import AgreementFlow
from institutions.models import Agreement
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.institutions import doing

pytestmark = pytest.mark.django_db
AT, TODAY = doing.NOON, doing.TODAY
FIRST, LAST = date(2025, 6, 9), date(2025, 6, 22)
DAY = timedelta(days=1)
TWO_WEEKS = Days(FIRST, LAST)


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """A house with a director, a desk and a nurse, an NGO with a head, the Department."""
    house, ngo = make.institution(), make.ngo()
    make.department()
    made = SimpleNamespace(house=house, org=house.organisation, ngo=ngo)
    for role in (Role.DIRECTOR, Role.DESK, Role.NURSE):
        setattr(made, role, make.member(made.org, role))
    made.head = make.member(ngo.organisation, Role.HEAD)
    made.post = made.director.memberships.get()
    return made


def codes(refusal: Any) -> list[str]:
    return [one.code for one in refusal.value.objections]


def named(cast: SimpleNamespace, days: Days = TWO_WEEKS) -> Membership:
    return name_deputy(cast.post, cast.desk, days, by=cast.director, at=AT)


def roles(person: User, on: date) -> list[str]:
    return [hat.role for hat in hats_of(person.pk, on)]


class TestADeputy:
    def test_holds_the_role_from_the_first_day_through_the_last(
        self, cast: SimpleNamespace
    ) -> None:
        deputy = named(cast)
        assert (deputy.stands_for, deputy.granted_by) == (cast.director, cast.director)
        held = {day: roles(cast.desk, day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)}
        both = [Role.DESK, Role.DIRECTOR]
        assert list(held.values()) == [[Role.DESK], both, both, [Role.DESK]]

    def test_has_the_permissions_of_the_role_on_these_days_only(
        self, cast: SimpleNamespace
    ) -> None:
        deputy = named(cast)
        may = {day: acting_as(cast.desk, deputy.pk, day) for day in (FIRST, LAST, LAST + DAY)}
        assert [one.may("direct") for one in may.values()] == [True, True, False]
        assert [one.needs_second_factor for one in may.values()] == [True, True, False]

    def test_is_told_in_both_languages_without_the_days_being_lost(
        self, cast: SimpleNamespace
    ) -> None:
        named(cast)
        (notice,) = Notice.objects.filter(person=cast.desk, kind="deputy")
        assert (notice.values["from_on"], notice.values["through_on"]) == (
            FIRST.isoformat(),
            LAST.isoformat(),
        )
        assert (notice.values["role_ru"], notice.values["role_en"]) == ("директор", "director")

    def test_leaves_an_entry_in_the_trail(self, cast: SimpleNamespace) -> None:
        deputy = named(cast)
        entry = Entry.objects.latest("pk")
        assert (entry.action, entry.subject, entry.actor) == (
            "membership.granted",
            f"membership:{deputy.pk}",
            cast.director.pk,
        )

    def test_is_not_counted_as_a_difference_before_during_or_after(
        self, cast: SimpleNamespace
    ) -> None:
        named(cast)
        found = [list(memberships.differences(day)) for day in (TODAY, FIRST, LAST + DAY)]
        assert found == [[], [], []]

    def test_may_come_back_for_other_days_after_one_term_was_ended(
        self, cast: SimpleNamespace
    ) -> None:
        first = named(cast)
        later = named(cast, Days(date(2025, 8, 11), date(2025, 8, 15)))
        end_membership(first, by=cast.director, at=AT + 10 * DAY)
        on = date(2025, 8, 12)
        assert acting_as(cast.desk, later.pk, on).may("direct")

    def test_whose_days_are_called_off_before_they_begin_holds_none(
        self, cast: SimpleNamespace
    ) -> None:
        end_membership(named(cast), by=cast.director, at=AT)
        assert roles(cast.desk, FIRST) == [Role.DESK]
        assert list(memberships.differences(FIRST)) == []


class TestNamingADeputyIsRefused:
    def test_to_oneself(self, cast: SimpleNamespace) -> None:
        with pytest.raises(Refused) as refusal:
            name_deputy(cast.post, cast.director, TWO_WEEKS, by=cast.director, at=AT)
        assert codes(refusal) == ["oneself", "same"]

    def test_to_whoever_may_not_invite(self, cast: SimpleNamespace) -> None:
        with pytest.raises(Refused) as refusal:
            name_deputy(cast.post, cast.nurse, TWO_WEEKS, by=cast.desk, at=AT)
        assert codes(refusal) == ["deputy"]

    def test_to_a_deputy_while_they_stand_in(self, cast: SimpleNamespace) -> None:
        named(cast)
        with pytest.raises(Refused) as refusal:
            name_deputy(cast.post, cast.nurse, TWO_WEEKS, by=cast.desk, at=AT + 10 * DAY)
        assert codes(refusal) == ["deputy"]

    def test_of_somebody_from_elsewhere(self, cast: SimpleNamespace) -> None:
        with pytest.raises(Refused) as refusal:
            name_deputy(cast.post, cast.head, TWO_WEEKS, by=cast.director, at=AT)
        assert codes(refusal) == ["stranger"]

    @pytest.mark.parametrize("first", [FIRST - 5 * DAY, FIRST, LAST])
    def test_for_days_on_which_the_role_is_held_already(
        self, cast: SimpleNamespace, first: date
    ) -> None:
        named(cast)
        with pytest.raises(Refused) as refusal:
            named(cast, Days(first, first + 5 * DAY))
        assert codes(refusal) == ["holds"]

    @pytest.mark.parametrize(
        ("days", "why"),
        [(Days(LAST, FIRST), "backwards"), (Days(TODAY - 2 * DAY, TODAY - DAY), "over")],
    )
    def test_for_days_that_cannot_be(self, cast: SimpleNamespace, days: Days, why: str) -> None:
        with pytest.raises(Refused) as refusal:
            named(cast, days)
        assert codes(refusal) == [why]
        assert not Membership.objects.filter(stands_for__isnull=False).exists()

    def test_by_the_database_without_an_end_or_for_oneself(self, cast: SimpleNamespace) -> None:
        for person, until in ((cast.director, None), (cast.desk, LAST)):
            with pytest.raises(IntegrityError), transaction.atomic():
                memberships.grant(
                    cast.desk,
                    cast.org,
                    Role.DIRECTOR,
                    on=FIRST,
                    until=until,
                    by=cast.director,
                    stands_for=person,
                )

    def test_and_a_deputy_does_not_end_the_membership_of_whom_they_stand_for(
        self, cast: SimpleNamespace
    ) -> None:
        named(cast)
        with pytest.raises(Refused) as refusal:
            end_membership(cast.post, by=cast.desk, at=AT + 10 * DAY)
        assert codes(refusal) == ["stood_for"]
        end_membership(cast.nurse.memberships.get(), by=cast.desk, at=AT + 10 * DAY)


class TestADecisionOfADeputy:
    def offer(self, cast: SimpleNamespace) -> Agreement:
        return doing.offer(cast, at=AT)

    def sign(self, cast: SimpleNamespace, deputy: Membership, at: datetime) -> Decision:
        by = acting_as(cast.desk, deputy.pk, at.date())
        return AgreementFlow.sign(self.offer(cast), by=by, at=at, key=doing.key())

    def test_names_the_membership_acted_under_and_whom_they_stood_for(
        self, cast: SimpleNamespace
    ) -> None:
        deputy = named(cast)
        with time_machine.travel(AT + 10 * DAY, tick=False):
            decision = self.sign(cast, deputy, AT + 10 * DAY)
            page = signed_in(cast.director, "mfa").get(f"/cases/{decision.case.ref}/")
        assert (decision.actor, decision.membership) == (cast.desk, deputy)
        assert f"замещает: {cast.director}" in page.content.decode().replace("\u00a0", " ")

    def test_is_no_longer_possible_on_the_day_after_without_any_job(
        self, cast: SimpleNamespace
    ) -> None:
        deputy = named(cast)
        after = datetime.combine(LAST + DAY, AT.timetz())
        with time_machine.travel(after, tick=False), pytest.raises(Refused) as refusal:
            self.sign(cast, deputy, after)
        assert codes(refusal) == ["not_yours"]

    def test_is_still_possible_in_the_evening_of_the_last_day(self, cast: SimpleNamespace) -> None:
        deputy, evening = named(cast), datetime.combine(LAST, AT.timetz()).replace(hour=23)
        with time_machine.travel(evening, tick=False):
            assert self.sign(cast, deputy, evening).membership == deputy


class TestAnAbsence:
    def test_is_a_fact_that_locks_nobody_out(self, cast: SimpleNamespace) -> None:
        absence = go_away(cast.post, TWO_WEEKS, by=cast.director, at=AT)
        assert (absence.person, absence.last_on, absence.deputy) == (cast.director, LAST, None)
        assert acting_as(cast.director, None, FIRST).may("direct")

    def test_names_its_deputy_in_one_go(self, cast: SimpleNamespace) -> None:
        absence = go_away(cast.post, TWO_WEEKS, by=cast.director, at=AT, deputy=cast.desk)
        assert absence.deputy is not None
        assert (absence.deputy.person, absence.deputy.last_on) == (cast.desk, LAST)

    def test_of_the_desk_is_told_to_whoever_may_name_a_deputy(self, cast: SimpleNamespace) -> None:
        go_away(cast.desk.memberships.get(), TWO_WEEKS, by=cast.desk, at=AT)
        heard = Notice.objects.filter(kind="absence").values_list("person", flat=True)
        assert list(heard) == [cast.director.pk]

    def test_with_its_days_is_noted_whole_or_not_at_all(self, cast: SimpleNamespace) -> None:
        named(cast)
        with pytest.raises(Refused) as refusal:
            go_away(cast.post, TWO_WEEKS, by=cast.director, at=AT, deputy=cast.desk)
        assert codes(refusal) == ["holds"]
        assert not Absence.objects.exists()

    def test_is_noted_once_for_the_same_days(self, cast: SimpleNamespace) -> None:
        go_away(cast.post, TWO_WEEKS, by=cast.director, at=AT)
        with pytest.raises(Refused) as refusal:
            go_away(cast.post, Days(LAST, LAST + DAY), by=cast.director, at=AT)
        assert codes(refusal) == ["away"]

    def test_of_somebody_else_is_not_the_desk_s_to_note(self, cast: SimpleNamespace) -> None:
        with pytest.raises(Refused) as refusal:
            go_away(cast.post, TWO_WEEKS, by=cast.desk, at=AT)
        assert codes(refusal) == ["not_yours"]

    def test_ends_with_its_deputy_when_somebody_is_back_early(self, cast: SimpleNamespace) -> None:
        absence = go_away(cast.post, TWO_WEEKS, by=cast.director, at=AT, deputy=cast.desk)
        back = datetime.combine(FIRST + 3 * DAY, AT.timetz())
        come_back(absence, by=cast.director, at=back)
        assert not Absence.objects.on(FIRST + 3 * DAY).exists()
        assert Absence.objects.on(FIRST + 2 * DAY).exists()
        assert roles(cast.desk, FIRST + 3 * DAY) == [Role.DESK]

    def test_that_lies_ahead_can_be_called_off(self, cast: SimpleNamespace) -> None:
        absence = go_away(cast.post, TWO_WEEKS, by=cast.director, at=AT, deputy=cast.desk)
        come_back(absence, by=cast.director, at=AT)
        assert list(absences.absences_of(cast.org, TODAY)) == []
        assert roles(cast.desk, FIRST) == [Role.DESK]
