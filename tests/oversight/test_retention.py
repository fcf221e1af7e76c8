"""What is kept goes when its term is over, not before, and not while an open case needs it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from guardian.models import UserObjectPermission

from accounts.models import User
from accounts.roles import Role
from casework import trail
from casework.models import Absence, Decision, Delivery, Entry, Invitation, Notice
from casework.parameters import rules_on
from casework.telling import tell
from oversight.keeping import retention
from oversight.keeping.categories import CATEGORIES
from oversight.keeping.erasing import erase
from oversight.keeping.graph import LINKS, Fate, Link
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.oversight import aging
from tests.oversight.world import told
from tests.volunteers.making import give
from volunteers.models import Answer, Attempt, MoreTime, Outcome, Volunteer

pytestmark = pytest.mark.django_db
ENDED = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TERMS = {"sessions": relativedelta(days=1)} | {
    one.code: relativedelta(months=months)
    for one, months in zip(
        [c for c in CATEGORIES if c.rule and c.code != "sessions"],
        (1, 6, 36, 24, 12, 60, 6, 12, 6, 36, 120),
        strict=True,
    )
}


def counts(at: datetime, *, dry: bool = False) -> dict[str, int]:
    return {one.category.code: one.due for one in retention.run(at, dry=dry) if one.due}


def rows_of(link: Link, person: User) -> int:
    rows = apps.get_model(link.model)._default_manager
    return rows.filter(**{link.field: person.pk}).count()


@pytest.fixture(autouse=True)
def far_ahead() -> Iterator[None]:
    """A day on which everything above has long ended."""
    with time_machine.travel(ENDED, tick=False):
        yield


def test_the_table_of_the_test_is_the_table_of_the_product() -> None:
    numbers = {one.code: number for one, number in retention.terms(rules_on(ENDED.date()))}
    assert numbers == {
        code: term.days if code == "sessions" else term.years * 12 + term.months
        for code, term in TERMS.items()
    }
    assert set(TERMS) == set(aging.MAKERS)


@pytest.mark.parametrize("code", sorted(TERMS))
def test_a_thing_stays_until_its_term_is_over_and_goes_then(code: str) -> None:
    over = ENDED + TERMS[code]
    before = counts(over - DAY).get(code, 0)
    aging.MAKERS[code](ENDED)
    assert (before, counts(over - DAY).get(code, 0)) == (0, 0)
    assert counts(over + 2 * DAY)[code] == 1
    assert counts(over + 2 * DAY).get(code, 0) == 0


def test_a_dry_run_says_what_a_run_does_and_changes_nothing() -> None:
    for make_one in aging.MAKERS.values():
        make_one(ENDED)
    at = ENDED + relativedelta(years=11)
    people = set(User.objects.values_list("email", flat=True))
    entries = Entry.objects.count()
    foreseen = counts(at, dry=True)
    assert set(User.objects.values_list("email", flat=True)) == people
    assert Entry.objects.count() == entries
    assert counts(at) == foreseen
    assert set(foreseen) >= {"numbers", "letters", "volunteers", "officials", "attempts"}
    assert counts(at) == {}


def test_what_was_done_stands_in_the_trail_with_its_number() -> None:
    aging.absences(ENDED)
    counts(ENDED + relativedelta(years=2))
    found = Entry.objects.filter(action="retention.done").values_list("subject", flat=True)
    assert "retention:absences:1" in set(found)
    assert trail.verify()[1] is None


def test_the_command_says_the_same_in_numbers() -> None:
    aging.absences(ENDED - relativedelta(years=2))
    out = StringIO()
    call_command("retention", "--dry-run", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["dry_run"] is True
    rows = {row["category"]: row for row in said["categories"]}
    assert (rows["absences"]["rows"], rows["absences"]["fate"]) == (1, "deleted")
    assert [row["category"] for row in said["categories"]] == [one.code for one in CATEGORIES]
    out = StringIO()
    call_command("retention", stdout=out)
    assert "Absences that are over" in out.getvalue()


class TestHeld:
    def test_by_an_open_case_somebody_told_of(self) -> None:
        said = told(ENDED)
        person = User.objects.get(pk=said.case.opened_by_id)
        aging.gone(person, ENDED)
        at = ENDED + relativedelta(years=11)
        counts(at)
        person.refresh_from_db()
        assert person.erased_at is None

    def test_by_a_check_that_waits_for_its_second_person(self) -> None:
        who = aging.helper()
        failed = give(who, "interview", passed=False)
        waiting = give(who, "record", passed=False)
        assert waiting.case.state == "waiting_second"
        at = ENDED + relativedelta(years=11)
        assert "numbers" not in counts(at)
        failed.refresh_from_db()
        assert bytes(failed.number_sealed) != b""

    def test_not_by_a_check_that_is_valid(self) -> None:
        who = aging.helper()
        give(who, "identity")
        aging.gone(who.person, ENDED)
        assert counts(ENDED + relativedelta(years=4))["volunteers"] == 1


class TestErased:
    def everything(self) -> Volunteer:
        who = aging.helper()
        give(who, "interview", passed=False, number="77-4417")
        aging.attempt(who.person, ENDED)
        aging.reasons(ENDED)
        return who

    def test_nothing_is_left_that_tells_who_it_was(self) -> None:
        who = self.everything()
        mail, name = who.person.email, who.person.family_name
        assert erase([who.pk], ENDED) == 1
        person, profile = User.objects.get(pk=who.pk), Volunteer.objects.get(pk=who.pk)
        assert (person.family_name, person.given_name, person.patronymic) == ("", "", "")
        assert (person.email, person.is_active) == (f"erased-{who.pk}@erased.invalid", False)
        assert (profile.born_on, profile.phone, profile.experience) == (None, "", "")
        assert not Notice.objects.filter(person=who.pk).exists()
        assert not Attempt.objects.filter(person=who.pk).exists()
        assert not Answer.objects.filter(attempt__person=who.pk).exists()
        numbers = Outcome.objects.filter(volunteer=who.pk).values_list("number_sealed", flat=True)
        assert {bytes(one) for one in numbers} == {b""}
        assert mail not in str(list(User.objects.values_list("email", flat=True)))
        told_others = str(list(Notice.objects.values_list("values", flat=True)))
        assert name not in told_others

    def test_every_link_goes_or_stays_as_the_graph_says(self) -> None:
        who = self.everything()
        person, other = who.person, make.person()
        EmailAddress.objects.create(user=person, email=person.email)
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        MoreTime.objects.create(person=person, given_by=other, given_at=ENDED)
        tell(User.objects.filter(pk=person.pk), kind="deputy", values={}, at=ENDED, key="told")
        home = person.memberships.get().organisation
        days = {"at": ENDED - DAY, "expires_at": ENDED}
        Invitation.objects.create(
            email=person.email, person=person, organisation=home, role=Role.HEAD, **days
        )
        away = {"noted_by": other, "noted_at": ENDED}
        Absence.objects.create(
            person=person, organisation=home, during=DateRange(make.LONG_AGO, ENDED.date()), **away
        )
        permission = Permission.objects.get(codename="see_cases")
        person.user_permissions.add(permission)
        UserObjectPermission.objects.assign_perm("see_cases", person, home)
        before = {link.where: rows_of(link, person) for link in LINKS}
        gone = {link.where for link in LINKS if link.fate is Fate.DELETED}
        assert {where for where in gone if not before[where]} == set()
        erase([who.pk], ENDED)
        after = {link.where: rows_of(link, person) for link in LINKS}
        assert after == before | dict.fromkeys(gone, 0)

    def test_histories_stay_and_name_a_number(self) -> None:
        who = self.everything()
        decisions = Decision.objects.filter(case__concerned__person=who.pk).count()
        erase([who.pk], ENDED)
        assert Decision.objects.filter(case__concerned__person=who.pk).count() == decisions
        assert f"{who.pk}" in str(User.objects.get(pk=who.pk))
        assert trail.verify()[1] is None

    def test_a_second_time_nothing_happens(self) -> None:
        who = self.everything()
        assert (erase([who.pk], ENDED), erase([who.pk], ENDED)) == (1, 0)

    def test_nobody_signs_in_as_them_any_more(self) -> None:
        who = aging.helper()
        client = signed_in(who.person)
        assert client.get("/me/data/").status_code == 200
        erase([who.pk], ENDED)
        assert client.get("/me/data/").status_code == 302


def test_the_letter_leaves_before_the_address_goes() -> None:
    aging.erasures(ENDED)
    person = User.objects.get(is_active=False, erased_at=None)
    counts(ENDED + DAY)
    person.refresh_from_db()
    assert person.erased_at is None
    Delivery.objects.update(state="sent")
    assert counts(ENDED + DAY)["erasures"] == 1
    person.refresh_from_db()
    assert person.erased_at == ENDED + DAY


def test_the_inbox_still_opens_when_an_old_invitation_has_gone() -> None:
    aging.invitations(ENDED)
    person = User.objects.get(notices__kind="invitation")
    counts(ENDED + relativedelta(months=7))
    assert Client().get("/").status_code == 200
    assert signed_in(person).get("/notices/").status_code == 200


def test_a_head_of_a_department_is_kept_longer_than_a_volunteer() -> None:
    aging.officials(ENDED)
    aging.volunteers(ENDED)
    make.member(make.department(), Role.CHIEF)
    assert counts(ENDED + relativedelta(years=4)).keys() & {"officials", "volunteers"} == {
        "volunteers"
    }
