"""In which membership a person acts, and that what ended has no effect on the next request."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.hats import acting_as, hats_of
from accounts.memberships import end, grant, group_of
from accounts.models import Membership, Organisation, OrganisationGroupPermission, User
from accounts.permissions import PERMISSIONS_OF, Permission
from accounts.roles import Role
from tests.accounts.sessions import signed_in
from tests.factories import LONG_AGO, department, member, organisation, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


@pytest.fixture
def opora() -> Organisation:
    return organisation("ngo", "Опора")


@pytest.fixture
def head(opora: Organisation) -> User:
    return member(opora, Role.HEAD)


def hat_of(somebody: User) -> Membership:
    return somebody.memberships.get()


def test_a_hat_carries_what_its_role_may(head: User) -> None:
    acting = acting_as(head, None, DAY)
    assert (acting.role, acting.permissions) == (Role.HEAD, PERMISSIONS_OF[Role.HEAD])


def test_looking_up_the_hats_is_one_query(head: User, django_assert_num_queries) -> None:
    member(department(), Role.AUDITOR, who=head)
    with django_assert_num_queries(1):
        hats = hats_of(head.pk, DAY)
        assert [(hat.organisation.short_name, hat.role) for hat in hats] == [
            ("Опора", Role.HEAD),
            ("ДТСЗН", Role.AUDITOR),
        ]


def test_an_ended_membership_is_no_hat(head: User) -> None:
    end(hat_of(head), on=DAY)
    assert [hat.role for hat in hats_of(head.pk, DAY - timedelta(days=1))] == [Role.HEAD]
    assert hats_of(head.pk, DAY) == ()


def test_a_membership_that_has_not_begun_is_no_hat(opora: Organisation) -> None:
    later = person()
    grant(later, opora, Role.COORDINATOR, on=DAY, by=None)
    assert hats_of(later.pk, DAY - timedelta(days=1)) == ()


def test_a_deactivated_person_has_no_hat(head: User) -> None:
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert hats_of(head.pk, DAY) == ()


def test_a_grant_that_was_removed_is_gone_from_the_hat(head: User, opora: Organisation) -> None:
    removed = OrganisationGroupPermission.objects.filter(permission__codename=Permission.INVITE)
    removed.filter(content_object=opora).delete()
    assert acting_as(head, None, DAY).may(Permission.INVITE) is False
    assert acting_as(head, None, DAY).may(Permission.LEAD) is True


def test_a_stray_group_gives_nothing_without_a_membership(opora: Organisation) -> None:
    stranger = person()
    stranger.groups.add(group_of(opora, Role.HEAD))
    assert acting_as(stranger, None, DAY).permissions == frozenset()


def test_permissions_of_one_organisation_do_not_reach_another(head: User) -> None:
    other = organisation("ngo", "Другая")
    member(other, Role.COORDINATOR, who=head)
    hat = head.memberships.get(organisation=other)
    assert acting_as(head, hat.pk, DAY).permissions == PERMISSIONS_OF[Role.COORDINATOR]


def test_a_hat_of_somebody_else_is_not_worn(head: User, opora: Organisation) -> None:
    other = hat_of(member(opora, Role.COORDINATOR))
    assert acting_as(head, other.pk, DAY).membership == hat_of(head)


class TestOnTheNextRequest:
    """Each acts on the request after: nothing is remembered in the session."""

    def opened(self, client) -> int:
        return client.get("/members/").status_code

    def test_an_ended_membership(self, head: User) -> None:
        client = signed_in(head, "mfa")
        assert self.opened(client) == 200
        end(hat_of(head), on=timezone.localdate())
        assert self.opened(client) == 404

    def test_a_deactivated_person(self, head: User) -> None:
        client = signed_in(head, "mfa")
        assert self.opened(client) == 200
        User.objects.filter(pk=head.pk).update(is_active=False)
        assert self.opened(client) == 302


class TestChangingTheHat:
    def two(self, head: User) -> Membership:
        return grant(head, organisation("ngo"), Role.VOLUNTEER, on=LONG_AGO, by=None)

    def test_the_other_one_is_worn_from_then_on(self, head: User) -> None:
        client, other = signed_in(head, "mfa"), self.two(head)
        key = client.session.session_key
        answer = client.post("/hats/", {"hat": other.pk, "next": "/help/"})
        assert (answer.status_code, answer["Location"]) == (302, "/help/")
        assert client.get("/help/").context["request"].acting.membership == other
        assert client.session.session_key != key

    @pytest.mark.parametrize("typed", ["", "0", "abc", "9" * 40, "\x00"])
    def test_what_is_not_ones_own_is_not_put_on(self, head: User, typed: str) -> None:
        self.two(head)
        client = signed_in(head, "mfa")
        assert client.post("/hats/", {"hat": typed}).status_code == 200
        assert client.get("/help/").context["request"].acting.role == Role.HEAD

    def test_nobody_is_led_to_another_site(self, head: User) -> None:
        other = self.two(head)
        where = {"hat": other.pk, "next": "https://example.net/"}
        assert signed_in(head, "mfa").post("/hats/", where)["Location"] == "/"

    def test_a_page_for_the_other_role_offers_to_change(self, head: User) -> None:
        other = self.two(head)
        client = signed_in(head, "mfa")
        client.post("/hats/", {"hat": other.pk})
        answer = client.get("/members/")
        assert answer.status_code == 403
        assert answer.templates[0].name == "accounts/other_hat.html"
        fitting = [hat.role for hat in answer.context["fitting"]]
        assert fitting == [Role.HEAD]
        change = {"hat": hat_pk(head, Role.HEAD), "next": "/members/"}
        assert client.post("/hats/", change, follow=True).status_code == 200

    def test_a_page_for_a_role_one_does_not_hold_is_not_there(self) -> None:
        volunteer = member(organisation("ngo"), Role.VOLUNTEER)
        assert signed_in(volunteer).get("/members/").status_code == 404


def hat_pk(somebody: User, role: str) -> int:
    return somebody.memberships.get(role=role).pk
