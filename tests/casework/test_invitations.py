"""How people come into an organisation, and how they leave it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.hats import hats_of
from accounts.memberships import differences
from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from casework import invitations
from casework.invitations import Names, accept, accept_as_new, invite, withdraw
from casework.letters import letter
from casework.models import Entry, Invitation, Notice
from casework.outbox import deliver
from casework.process import Refused
from casework.trail import verify
from tests.accounts.sessions import signed_in
from tests.factories import member, organisation, person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEW = "new@example.org"
# What differs from one page to the next anyway: tokens, numbers of rows, times.
CHANGING = r"name=.csrf.*?>|invitations/\d+|\d\d:\d\d|:\d\d\.\d+"
NAMES = Names("Белова", "Анна", "", "a-very-long-secret-1")


@pytest.fixture
def opora() -> Organisation:
    return organisation("ngo", "Опора")


@pytest.fixture
def head(opora: Organisation) -> User:
    return member(opora, Role.HEAD)


def reasons(refusal: Any) -> list[str]:
    return [one.code for one in refusal.value.objections]


def trail() -> list[tuple[str, str, int | None]]:
    return list(Entry.objects.order_by("pk").values_list("action", "subject", "actor"))


class TestInviting:
    def test_makes_a_person_who_cannot_sign_in_yet_and_tells_them(
        self, opora: Organisation, head: User
    ) -> None:
        sent = invite(" New@Example.org ", Role.COORDINATOR, opora, head, AT)
        assert (sent.email, sent.role, sent.expires_at) == (NEW, "coordinator", AT + 72 * HOUR)
        assert sent.person.has_usable_password() is False
        told = Notice.objects.get()
        assert (told.person, told.kind, told.values) == (
            sent.person,
            "invitation",
            {"invitation": sent.pk},
        )
        assert trail() == [("invitation.sent", f"invitation:{sent.pk}", head.pk)]

    def test_answers_the_same_for_an_address_that_is_known(
        self, opora: Organisation, head: User
    ) -> None:
        known = member(organisation("ngo"), Role.HEAD).email
        client, pages = signed_in(head, "mfa"), []
        for email in (known, "nobody@example.org"):
            answer = client.post("/members/", {"email": email, "role": "volunteer"}, follow=True)
            page = answer.content.decode().replace(email, "X")
            pages.append(re.sub(CHANGING, "", page))
            client.post(f"/members/invitations/{answer.context['waiting'].get().pk}/", follow=True)
        assert pages[0].count("X") == 3
        assert pages[0] == pages[1]

    def test_writes_to_no_deactivated_person(self, opora: Organisation, head: User) -> None:
        gone = person()
        User.objects.filter(pk=gone.pk).update(is_active=False)
        sent = invite(gone.email, Role.VOLUNTEER, opora, head, AT)
        assert not Notice.objects.exists()
        with pytest.raises(Refused):
            accept(sent, person=User.objects.get(pk=gone.pk), at=AT)

    @pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CHIEF, "king", ""])
    def test_refuses_a_role_of_another_kind(
        self, opora: Organisation, head: User, role: str
    ) -> None:
        with pytest.raises(Refused) as refusal:
            invite(NEW, role, opora, head, AT)
        assert reasons(refusal) == ["role"]

    def test_refuses_oneself(self, opora: Organisation, head: User) -> None:
        with pytest.raises(Refused) as refusal:
            invite(head.email.upper(), Role.COORDINATOR, opora, head, AT)
        assert reasons(refusal) == ["oneself"]

    def test_refuses_who_has_the_role_here(self, opora: Organisation, head: User) -> None:
        with pytest.raises(Refused) as refusal:
            invite(head.email, Role.HEAD, opora, None, AT)
        assert reasons(refusal) == ["member"]

    def test_refuses_a_second_while_the_first_is_open(
        self, opora: Organisation, head: User
    ) -> None:
        invite(NEW, Role.VOLUNTEER, opora, head, AT)
        with pytest.raises(Refused) as refusal:
            invite(NEW, Role.VOLUNTEER, opora, head, AT + 71 * HOUR)
        assert reasons(refusal) == ["sent"]
        invite(NEW, Role.COORDINATOR, opora, head, AT)

    def test_begins_anew_when_the_first_has_expired(self, opora: Organisation, head: User) -> None:
        first = invite(NEW, Role.VOLUNTEER, opora, head, AT)
        second = invite(NEW, Role.VOLUNTEER, opora, head, AT + 72 * HOUR)
        assert [one.pk for one in Invitation.objects.waiting(AT + 72 * HOUR)] == [second.pk]
        with pytest.raises(Refused):
            accept_as_new(first, NAMES, at=AT + 72 * HOUR)

    def test_the_database_keeps_one_open_and_known_roles(self, opora: Organisation) -> None:
        sent = invite(NEW, Role.VOLUNTEER, opora, None, AT)
        for change in ({"role": "king"}, {"email": "New@example.org"}, {"expires_at": AT}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Invitation.objects.create(
                    **{
                        "email": NEW,
                        "person": sent.person,
                        "organisation": opora,
                        "role": Role.VOLUNTEER,
                        "at": AT,
                        "expires_at": AT + HOUR,
                        **change,
                    }
                )


class TestAccepting:
    def test_gives_a_new_person_names_password_and_role(
        self, opora: Organisation, head: User
    ) -> None:
        sent = invite(NEW, Role.COORDINATOR, opora, head, AT)
        made = accept_as_new(sent, NAMES, at=AT + HOUR)
        person = User.objects.get(email=NEW)
        assert (made.person, made.role, made.organisation) == (person, "coordinator", opora)
        assert (made.granted_by, made.during.lower) == (head, AT.date())
        assert person.check_password(NAMES.password)
        assert str(person) == "Анна Белова"
        assert person.emailaddress_set.get().verified is True
        assert [hat.role for hat in hats_of(person.pk, AT.date())] == ["coordinator"]
        assert list(differences(AT.date())) == []
        assert trail()[-1] == ("membership.granted", f"membership:{made.pk}", person.pk)
        assert verify() == (2, None)

    def test_works_once(self, opora: Organisation) -> None:
        sent = invite(NEW, Role.COORDINATOR, opora, None, AT)
        made = accept_as_new(sent, NAMES, at=AT)
        with pytest.raises(Refused) as refusal:
            accept(sent, person=made.person, at=AT)
        assert reasons(refusal) == ["closed"]
        assert Membership.objects.count() == 1

    @pytest.mark.parametrize("hours", [72, 73, 10_000])
    def test_comes_too_late_after_72_hours(self, opora: Organisation, hours: int) -> None:
        sent = invite(NEW, Role.COORDINATOR, opora, None, AT)
        with pytest.raises(Refused):
            accept_as_new(sent, NAMES, at=AT + hours * HOUR)
        assert not User.objects.get(email=NEW).has_usable_password()

    def test_is_for_the_person_who_was_invited(self, opora: Organisation) -> None:
        sent = invite(NEW, Role.COORDINATOR, opora, None, AT)
        with pytest.raises(Refused):
            accept(sent, person=person(), at=AT)

    def test_never_changes_the_password_of_somebody_known(self, opora: Organisation) -> None:
        known = person(password="an-older-long-secret")
        sent = invite(known.email, Role.COORDINATOR, opora, None, AT)
        with pytest.raises(Refused) as refusal:
            accept_as_new(sent, NAMES, at=AT)
        assert reasons(refusal) == ["known"]
        known.refresh_from_db()
        assert known.check_password("an-older-long-secret")

    def test_a_withdrawn_one_is_refused(self, opora: Organisation, head: User) -> None:
        sent = invite(NEW, Role.COORDINATOR, opora, head, AT)
        withdraw(sent, by=head, at=AT)
        with pytest.raises(Refused):
            accept_as_new(sent, NAMES, at=AT)
        with pytest.raises(Refused):
            withdraw(sent, by=head, at=AT)
        assert [action for action, _, _ in trail()] == ["invitation.sent", "invitation.withdrawn"]


class TestLeaving:
    def test_ends_the_role_and_the_invitations_sent(self, opora: Organisation, head: User) -> None:
        other = member(opora, Role.HEAD)
        mine = invite("a@example.org", Role.VOLUNTEER, opora, head, AT)
        theirs = invite("b@example.org", Role.VOLUNTEER, opora, other, AT)
        invitations.end_membership(other.memberships.get(), by=head, at=AT)
        assert [one.pk for one in Invitation.objects.waiting(AT)] == [mine.pk]
        assert Invitation.objects.get(pk=theirs.pk).withdrawn_at == AT
        assert hats_of(other.pk, AT.date()) == ()
        assert trail()[-1][0] == "membership.ended"

    def test_nobody_ends_their_own(self, head: User) -> None:
        with pytest.raises(Refused) as refusal:
            invitations.end_membership(head.memberships.get(), by=head, at=AT)
        assert reasons(refusal) == ["own"]

    def test_who_left_can_be_invited_again(self, opora: Organisation, head: User) -> None:
        gone = member(opora, Role.VOLUNTEER)
        invitations.end_membership(gone.memberships.get(), by=head, at=AT)
        sent = invite(gone.email, Role.VOLUNTEER, opora, head, AT)
        assert accept(sent, person=gone, at=AT).during.lower == AT.date()


class TestTheLetter:
    @pytest.mark.parametrize(("language", "word"), [("ru", "Приглашение"), ("en", "Invitation")])
    def test_says_who_and_as_what_and_until_when(
        self, opora: Organisation, head: User, language: str, word: str
    ) -> None:
        Organisation.objects.filter(pk=opora.pk).update(short_name="«Опора» & Ко")
        sent = invite(NEW, Role.COORDINATOR, opora, head, AT)
        said = letter(Notice.objects.get(), language)
        assert said.subject == f"{word}: «Опора» & Ко"
        assert said.link == sent.get_absolute_url()
        assert said.link in said.text
        assert str(head) in said.text
        assert "12:00" in said.text  # 72 hours later, in Moscow

    def test_is_sent_once(self, opora: Organisation, mailoutbox) -> None:
        invite(NEW, Role.COORDINATOR, opora, None, AT)
        assert [deliver(AT), deliver(AT)] == [1, 0]
        assert [mail.to for mail in mailoutbox] == [[NEW]]

    def test_holds_the_link_nowhere_in_the_database(self, opora: Organisation) -> None:
        sent = invite(NEW, Role.COORDINATOR, opora, None, AT)
        token = sent.get_absolute_url().split("-", 1)[1].strip("/")
        assert token not in str(Notice.objects.values_list("values", "key"))
