"""The page on which members are seen, invited and released."""

import pytest
from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import Organisation, User
from accounts.roles import ROLES_OF, Role
from casework.invitations import invite
from casework.models import Invitation
from tests.accounts.sessions import signed_in
from tests.factories import member, organisation

pytestmark = pytest.mark.django_db
NEW = "new@example.org"


@pytest.fixture
def opora() -> Organisation:
    return organisation("ngo", "Опора")


@pytest.fixture
def head(opora: Organisation) -> User:
    return member(opora, Role.HEAD)


class TestTheMembersPage:
    def test_is_for_those_who_may_invite(self) -> None:
        kinds = {role: kind for kind, roles in ROLES_OF.items() for role in roles}
        opened = {
            role
            for role, kind in kinds.items()
            if signed_in(member(organisation(kind), role), "mfa").get("/members/").status_code
            == 200
        }
        assert opened == {Role.CHIEF, Role.DIRECTOR, Role.HEAD}

    def test_lists_this_organisation_only_by_name(self, opora: Organisation, head: User) -> None:
        for name in ("Ёлкина", "Ежова", "Яшина"):
            User.objects.filter(pk=member(opora, Role.VOLUNTEER).pk).update(family_name=name)
        User.objects.filter(pk=head.pk).update(family_name="Жукова")
        member(organisation("ngo"), Role.VOLUNTEER)
        page = signed_in(head, "mfa").get("/members/").context["page"]
        assert [one.person.family_name for one in page] == ["Ежова", "Ёлкина", "Жукова", "Яшина"]

    def test_invites_and_withdraws(self, opora: Organisation, head: User) -> None:
        client = signed_in(head, "mfa")
        answer = client.post("/members/", {"email": NEW, "role": "coordinator"})
        assert answer["Location"] == "/members/"
        (sent,) = client.get("/members/").context["waiting"]
        assert (sent.email, sent.invited_by) == (NEW, head)
        client.post(f"/members/invitations/{sent.pk}/")
        assert list(client.get("/members/").context["waiting"]) == []

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({"email": "no address", "role": "volunteer"}, ["email"]),
            ({"email": "\x00@example.org", "role": "volunteer"}, ["email"]),
            ({"email": "x" * 300 + "@example.org", "role": "volunteer"}, ["email"]),
            ({"email": NEW, "role": "chief"}, ["role"]),
            ({}, ["email", "role"]),
        ],
    )
    def test_says_what_is_wrong(self, head: User, typed: dict[str, str], wrong: list[str]) -> None:
        answer = signed_in(head, "mfa").post("/members/", {**typed, "next": ""})
        assert list(answer.context["form"].errors) == wrong
        assert not Invitation.objects.exists()

    def test_ends_a_membership_after_asking_once_more(
        self, opora: Organisation, head: User
    ) -> None:
        other, client = member(opora, Role.COORDINATOR), signed_in(head, "mfa")
        where = f"/members/{other.memberships.get().pk}/end/"
        assert client.get(where).context["own"] is False
        assert hats_of(other.pk, timezone.localdate()) != ()
        assert client.post(where)["Location"] == "/members/"
        assert hats_of(other.pk, timezone.localdate()) == ()

    def test_does_not_end_ones_own(self, head: User) -> None:
        client, where = signed_in(head, "mfa"), f"/members/{head.memberships.get().pk}/end/"
        assert client.get(where).context["own"] is True
        client.post(where)
        assert len(hats_of(head.pk, timezone.localdate())) == 1

    def test_reaches_nothing_of_another_organisation(self, head: User) -> None:
        there = organisation("ngo")
        stranger = member(there, Role.VOLUNTEER).memberships.get()
        sent = invite(NEW, Role.VOLUNTEER, there, None, timezone.now())
        client = signed_in(head, "mfa")
        for where in (f"/members/{stranger.pk}/end/", f"/members/invitations/{sent.pk}/"):
            assert client.post(where).status_code == 404
        assert client.get(f"/members/{2**70}/end/").status_code == 404
        assert Invitation.objects.waiting(timezone.now()).count() == 1
