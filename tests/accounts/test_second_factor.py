"""Whoever decides for many proves who they are twice, and before that reaches nothing else."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.access import ENTERING, PUBLIC
from accounts.mfa import SealedSecrets
from accounts.models import User
from accounts.permissions import NEEDS_SECOND_FACTOR
from accounts.roles import ROLES_OF, Role
from tests.accounts.sessions import code_of_now, signed_in
from tests.factories import department, member, organisation, person
from tests.house.test_architecture import ours

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a-very-long-secret-1"


@pytest.fixture
def chief() -> User:
    return member(department(), Role.CHIEF, who=person(password=PASSWORD))


def test_every_role_that_needs_it_is_stopped_at_every_guarded_page() -> None:
    guarded = [
        f"/{pattern.pattern}"
        for pattern in ours()
        if pattern.who not in {PUBLIC, ENTERING} and "<" not in str(pattern.pattern)
    ]
    kinds = {role: kind for kind, roles in ROLES_OF.items() for role in roles}
    for role in NEEDS_SECOND_FACTOR:
        client = signed_in(member(organisation(kinds[role]), role))
        answers = {where: client.get(where) for where in guarded}
        assert {where for where, answer in answers.items() if answer.status_code != 302} == set()
        assert {answer["Location"] for answer in answers.values()} == {"/second-factor/"}
    assert len(guarded) > 1


def test_the_page_says_why_and_leads_to_both_ways(chief: User) -> None:
    page = signed_in(chief).get("/second-factor/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "/accounts/2fa/webauthn/add/" in text
    assert "/accounts/2fa/totp/activate/" in text


def test_who_has_set_one_up_is_asked_to_show_it(chief: User) -> None:
    TOTP.activate(chief, SECRET)
    client = signed_in(chief)
    assert "/accounts/2fa/reauthenticate/" in client.get("/second-factor/").content.decode()
    key = client.session.session_key
    where = "/accounts/2fa/reauthenticate/?next=/notices/"
    answer = client.post(where, {"code": code_of_now(SECRET)})
    assert answer["Location"] == "/notices/"
    assert client.get("/notices/").status_code == 200
    assert client.session.session_key != key


def test_nobody_who_needs_none_is_stopped() -> None:
    volunteer = member(organisation("ngo"), Role.VOLUNTEER)
    client = signed_in(volunteer)
    assert client.get("/notices/").status_code == 200
    assert client.get("/second-factor/")["Location"] == "/"


def test_without_a_factor_left_the_proof_is_gone(chief: User) -> None:
    TOTP.activate(chief, SECRET)
    client = signed_in(chief)
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of_now(SECRET)})
    assert client.get("/notices/").status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert client.get("/notices/")["Location"] == "/second-factor/"


def test_signing_in_asks_for_the_code(chief: User) -> None:
    chief.emailaddress_set.create(email=chief.email, verified=True, primary=True)
    TOTP.activate(chief, SECRET)
    client = Client()
    first = client.post("/accounts/login/", {"login": chief.email, "password": PASSWORD})
    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/notices/").status_code == 302
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    client.post("/accounts/2fa/authenticate/", {"code": code_of_now(SECRET)})
    assert client.get("/notices/").status_code == 200


def test_one_click_counts_in_the_demonstration_only(chief: User, settings) -> None:
    client = signed_in(chief, "demo")
    settings.OPEN_DOORS_DEMO = True
    assert client.get("/notices/").status_code == 200
    settings.OPEN_DOORS_DEMO = False
    assert client.get("/notices/")["Location"] == "/second-factor/"


def test_a_proof_of_somebody_else_does_not_count(chief: User) -> None:
    client = signed_in(chief, "mfa")
    session = client.session
    session["account_authentication_methods_user"] = str(member(department(), Role.CHIEF).pk)
    session.save()
    assert client.get("/notices/")["Location"] == "/second-factor/"


class TestSeeds:
    def test_lie_sealed(self, chief: User) -> None:
        TOTP.activate(chief, SECRET)
        kept = Authenticator.objects.get(user=chief)
        assert SECRET not in str(kept.data)
        assert kept.wrap().validate_code(code_of_now(SECRET)) is True

    def test_open_with_an_older_key(self, settings) -> None:
        sealed = SealedSecrets().encrypt(SECRET)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
        assert SealedSecrets().decrypt(sealed) == SECRET

    @pytest.mark.parametrize("kept", ["", SECRET, "not base64!", "AAAA"])
    def test_that_do_not_open_let_nobody_in(self, kept: str) -> None:
        with pytest.raises(PermissionDenied):
            SealedSecrets().decrypt(kept)

    def test_of_another_key_let_nobody_in(self, settings) -> None:
        sealed = SealedSecrets().encrypt(SECRET)
        settings.SECRET_KEY = "another"
        with pytest.raises(PermissionDenied):
            SealedSecrets().decrypt(sealed)


PAGES = [
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/hats/",
]


@pytest.mark.parametrize("where", PAGES)
def test_the_pages_about_signing_in_open(chief: User, where: str) -> None:
    client = signed_in(chief)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(where).status_code == 200


def test_a_password_of_staff_is_longer(chief: User) -> None:
    client = signed_in(chief)
    typed = {"oldpassword": PASSWORD, "password1": "fourteen-chars", "password2": "fourteen-chars"}
    answer = client.post("/accounts/password/change/", typed)
    assert list(answer.context["form"].errors) == ["password1"]
    longer = {
        "oldpassword": PASSWORD,
        "password1": "fifteen-letters",
        "password2": "fifteen-letters",
    }
    assert client.post("/accounts/password/change/", longer).status_code == 302
