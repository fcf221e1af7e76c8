"""Setting up codes: proof enough for the session in which it happens. Commits are real here."""

from accounts.roles import Role
from tests.accounts.sessions import code_of_now, signed_in
from tests.factories import department, member, person

PASSWORD = "a-very-long-secret-1"


def test_setting_up_the_app_is_proof_enough(clone: str) -> None:
    client = signed_in(member(department(), Role.CHIEF, who=person(password=PASSWORD)))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    key = client.session.session_key
    code = code_of_now(secret)
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.session.session_key != key
    shown = client.get("/accounts/2fa/recovery-codes/").context
    assert (shown["can_view_codes"], len(shown["unused_codes"])) == (True, 10)
    again = client.get("/accounts/2fa/recovery-codes/").context
    assert (again["can_view_codes"], set(again["unused_codes"])) == (False, {"****"})
    assert client.get("/notices/").status_code == 200
