"""The link of an invitation, and the command that prints one."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role
from casework.invitations import Names, invite
from casework.models import Invitation
from tests.accounts.sessions import signed_in
from tests.factories import department, member, organisation, person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEW = "new@example.org"
NAMES = Names("Белова", "Анна", "", "a-very-long-secret-1")
TYPED = vars(NAMES)


@pytest.fixture
def opora() -> Organisation:
    return organisation("ngo", "Опора")


@pytest.fixture
def head(opora: Organisation) -> User:
    return member(opora, Role.HEAD)


class TestTheLink:
    @pytest.fixture
    def sent(self, opora: Organisation, head: User) -> Invitation:
        return invite(NEW, Role.COORDINATOR, opora, head, timezone.now())

    def opened(self, sent: Invitation, client: Client | None = None) -> Client:
        client = client or Client()
        answer = client.get(sent.get_absolute_url())
        assert (answer.status_code, answer["Location"]) == (302, "/invitation/")
        return client

    def test_shows_who_invites_and_brings_the_newcomer_in(self, sent: Invitation) -> None:
        client = self.opened(sent)
        page = client.get("/invitation/")
        assert [page.status_code, page.context["who"]] == [200, "new"]
        assert str(sent.invited_by) in page.content.decode()
        answer = client.post("/invitation/", TYPED)
        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert client.get("/notices/").status_code == 200
        assert client.get("/invitation/").status_code == 404

    def test_opening_it_uses_nothing_up(self, sent: Invitation) -> None:
        for _ in range(3):
            assert self.opened(sent).get("/invitation/").status_code == 200

    def test_brings_staff_to_the_second_factor_first(self, opora: Organisation) -> None:
        chief = invite(NEW, Role.CHIEF, department(), None, timezone.now())
        client = self.opened(chief)
        short = client.post("/invitation/", {**TYPED, "password": "fourteen-chars"})
        assert list(short.context["form"].errors) == ["password"]
        client.post("/invitation/", TYPED)
        assert client.get("/members/")["Location"] == "/second-factor/"

    @pytest.mark.parametrize(
        "change",
        [
            {"password": "short"},
            {"password": "password1234"},
            {"password": "x" * 129},
            {"password": "new@example.org"},
            {"password": "\x00" * 20},
            {"family_name": ""},
            {"given_name": "\x00"},
            {"given_name": "x" * 101},
        ],
    )
    def test_what_does_not_fit_is_said_beside_its_field(
        self, sent: Invitation, change: dict[str, str]
    ) -> None:
        answer = self.opened(sent).post("/invitation/", {**TYPED, **change})
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == list(change)
        assert not sent.person.memberships.exists()

    def test_of_somebody_known_asks_them_to_sign_in(self, opora: Organisation) -> None:
        known = person(password=NAMES.password)
        known.emailaddress_set.create(email=known.email, verified=True, primary=True)
        client = self.opened(invite(known.email, Role.VOLUNTEER, opora, None, timezone.now()))
        assert client.get("/invitation/").context["who"] == "known"
        assert client.post("/invitation/", TYPED).context["who"] == "known"
        there = {"login": known.email, "password": NAMES.password, "next": "/invitation/"}
        assert client.post("/accounts/login/", there)["Location"] == "/invitation/"
        assert client.get("/invitation/").context["who"] == "oneself"
        assert client.post("/invitation/")["Location"] == "/hats/"
        assert known.memberships.get().role == Role.VOLUNTEER

    def test_is_for_nobody_else_who_is_signed_in(self, sent: Invitation) -> None:
        client = self.opened(sent, signed_in(member(organisation("ngo"), Role.VOLUNTEER)))
        assert client.get("/invitation/").context["who"] == "other"
        assert client.post("/invitation/", TYPED).context["who"] == "other"
        assert not sent.person.memberships.exists()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"accepted_at": AT}, "уже приняли"),
            ({"withdrawn_at": AT}, "отзывает"),
            ({"at": AT, "expires_at": AT + HOUR}, "Срок приглашения истёк"),
        ],
    )
    def test_that_has_ended_says_what_to_do(
        self, sent: Invitation, change: dict[str, Any], said: str
    ) -> None:
        Invitation.objects.filter(pk=sent.pk).update(**change)
        client = self.opened(sent)
        for answer in (client.get("/invitation/"), client.post("/invitation/", TYPED)):
            assert answer.status_code == 404
            assert said in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    @pytest.mark.parametrize(
        "token", ["1-x", "1", "-", "x" * 3000, "99999999999999999999-abc", "%00"]
    )
    def test_that_was_not_made_here_opens_nothing(self, sent: Invitation, token: str) -> None:
        client = Client()
        assert client.get(f"/invitations/{token}/").status_code == 404
        assert "invitation" not in client.session
        assert client.get("/invitation/").status_code == 404

    def test_of_one_invitation_does_not_open_another(self, sent: Invitation) -> None:
        signature = sent.get_absolute_url().split("-", 1)[1]
        other = invite("b@example.org", Role.VOLUNTEER, sent.organisation, None, timezone.now())
        assert Client().get(f"/invitations/{other.pk}-{signature}").status_code == 404


class TestTheCommand:
    def call(self, *arguments: str) -> str:
        out = StringIO()
        call_command("invite", *arguments, stdout=out)
        return out.getvalue()

    def test_makes_the_department_and_its_first_member(self) -> None:
        there = ("--role", "chief", "--organisation", "department", "--name", "Департамент труда")
        answer = json.loads(self.call(NEW, *there, "--json"))
        made = Organisation.objects.get()
        assert (made.ref, made.kind, made.name) == ("department", "department", "Департамент труда")
        assert (answer["email"], answer["role"], answer["organisation"]) == (NEW, "chief", made.ref)
        path = answer["link"].removeprefix("http://127.0.0.1:8200")
        client = Client()
        client.get(path)
        client.post("/invitation/", TYPED)
        assert User.objects.get(email=NEW).memberships.get().granted_by is None

    def test_asked_again_prints_the_same_link(self) -> None:
        department()
        arguments = (NEW, "--role", "chief", "--organisation", "department")
        first = self.call(*arguments)
        assert self.call(*arguments) == first
        assert re.fullmatch(r"http\S+\nWorks once, until [\d-]+ [\d:]+ \(MSK\)\.\n", first)

    @pytest.mark.parametrize(
        "arguments",
        [
            ("no address", "--role", "chief", "--organisation", "department"),
            (NEW, "--role", "chief", "--organisation", "elsewhere"),
            (NEW, "--role", "chief", "--organisation", "elsewhere", "--name", "X"),
            (NEW, "--role", "head", "--organisation", "department"),
        ],
    )
    def test_says_what_does_not_fit(self, arguments: tuple[str, ...]) -> None:
        department()
        with pytest.raises(CommandError) as refusal:
            self.call(*arguments)
        assert refusal.value.returncode == 2

    def test_makes_no_second_department(self) -> None:
        Organisation.objects.create(ref="dep", kind="department", name="Д", short_name="Д")
        with pytest.raises(CommandError):
            self.call(NEW, "--role", "chief", "--organisation", "department", "--name", "Второй")
