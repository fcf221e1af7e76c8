"""A form that was sent after its session had ended is given back after signing in."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.accounts.sessions import prove
from tests.institutions.doing import offer

pytestmark = pytest.mark.django_db
PASSWORD = "a-very-long-secret-1"
INVITED = {"email": "new@example.org", "role": "coordinator"}


@pytest.fixture
def head() -> User:
    somebody = factories.person(password=PASSWORD)
    somebody.emailaddress_set.create(email=somebody.email, verified=True, primary=True)
    return somebody


def sign_in(client: Client, somebody: User, where: str) -> None:
    typed = {"login": somebody.email, "password": PASSWORD, "next": where}
    assert client.post("/accounts/login/", typed)["Location"] == where
    prove(client, somebody)


def test_it_comes_back_once(head: User) -> None:
    factories.member(factories.organisation("ngo"), Role.HEAD, who=head)
    client = Client()
    sent = client.post("/members/", {**INVITED, "password": "must not be kept"})
    assert sent["Location"] == "/accounts/login/?next=/members/"
    assert client.session["unsent"]["typed"] == {name: [one] for name, one in INVITED.items()}
    sign_in(client, head, "/members/")
    assert client.get("/members/").context["form"].initial == INVITED
    assert client.get("/members/").context["form"].initial == {}


def test_it_comes_back_on_its_own_page_only(head: User) -> None:
    client = Client()
    client.post("/members/", INVITED)
    sign_in(client, head, "/hats/")
    client.get("/notices/")
    assert client.session["unsent"]["path"] == "/members/"


def test_what_is_too_large_is_not_kept() -> None:
    client = Client()
    client.post("/members/", {"email": "x" * 30_000})
    assert "unsent" not in client.session


def test_a_step_of_a_case_comes_back_with_a_fresh_key(head: User) -> None:
    house, ngo = factories.institution(), factories.ngo()
    factories.department()
    factories.member(ngo.organisation, Role.HEAD, who=head)
    director = factories.member(house.organisation, Role.DIRECTOR)
    cast = SimpleNamespace(house=house, ngo=ngo, head=head, director=director)
    case = offer(cast, by="director", at=timezone.now()).case
    where, client = f"/cases/{case.ref}/decline/", Client()
    typed = {"code": "R6", "reason": "Пока нет людей", "key": "old", "seen": "0"}
    assert client.post(where, typed)["Location"] == f"/accounts/login/?next={where}"
    sign_in(client, head, where)
    form = client.get(where).context["form"]
    assert (form.initial["code"], form.initial["reason"]) == ("R6", "Пока нет людей")
    assert form.initial["key"] != "old"
    assert form.initial["seen"] == case.__class__.objects.get(pk=case.pk).version
    again = {name: form.initial[name] for name in ("code", "reason", "key", "seen")}
    assert client.post(where, again).status_code == 302
    case.refresh_from_db()
    assert case.state == "declined"
