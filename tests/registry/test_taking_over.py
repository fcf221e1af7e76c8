"""An NGO of the old register has a registration and no case: it gets one, and is ended in it."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from casework.models import Decision, Term
from registry.flows import RegistrationFlow as Flow
from registry.models import Application, Ngo
from registry.taking_over import case_of
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.registry import world
from tests.registry.applicants import NOW, ON, kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
BUTTON = "Case of the registration"


@pytest.fixture
def today(time_machine: object) -> None:
    time_machine.move_to(NOW, tick=False)  # type: ignore[attr-defined]


@pytest.fixture
def ngo() -> Ngo:
    """Registered in the old register, with its head."""
    make.department()
    found = world.ngo()
    make.member(found.organisation, Role.HEAD)
    return found


@pytest.fixture
def registrar() -> User:
    return make.registrar()


def card(ngo: Ngo) -> str:
    return f"/register/ngos/{ngo.organisation.ref}/"


def test_a_registrar_opens_the_case_from_the_card_and_the_commission_excludes(
    ngo: Ngo, registrar: User
) -> None:
    browser = signed_in(registrar, "mfa")
    assert BUTTON in browser.get(card(ngo), headers={"Accept-Language": "en"}).content.decode()
    answer = browser.post(f"{card(ngo)}case/")
    made = Application.objects.get()
    assert answer.headers["Location"] == f"/cases/{made.case.ref}/"
    assert (made.case.state, made.case.asker_id) == ("registered", ngo.pk)
    names = Term.objects.filter(case=made.case, stopped_at=None).values_list("name", flat=True)
    assert sorted(names) == ["nearing", "validity"]
    sent = {"key": "x", "seen": made.case.version, "code": "X4", "reason": "Ликвидация"}
    exclude = f"/cases/{made.case.ref}/exclude/"
    assert browser.post(exclude, sent).status_code == 200
    assert world.covers(ngo.pk, "T01", "C", ON)
    commission = signed_in(make.member(make.department(), Role.COMMISSIONER), "mfa")
    assert commission.post(exclude, sent).status_code == 302
    assert not world.covers(ngo.pk, "T01", "C", ON)
    assert kinds()[-1] == "registration_exclude"


def test_the_case_is_made_once(ngo: Ngo, registrar: User) -> None:
    browser = signed_in(registrar, "mfa")
    answers = [browser.post(f"{card(ngo)}case/").headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Application.objects.count() == Decision.objects.filter(step="take_over").count() == 1


def test_a_registration_without_an_end_has_no_term(ngo: Ngo, registrar: User) -> None:
    registration = ngo.registrations.get()
    registration.during = (registration.during.lower, None)
    registration.save()
    registration.refresh_from_db()
    made = case_of(registration, by=make.acting(registrar), at=NOW)
    assert not Term.objects.filter(case=made.case).exists()
    by = make.acting(make.member(make.department(), Role.COMMISSIONER))
    Flow.exclude(made, by=by, at=NOW, key="x", code="X4", reason="Ликвидация")
    assert not world.covers(ngo.pk, "T01", "C", ON)


def test_nobody_else_sees_the_button_or_opens_a_case(ngo: Ngo) -> None:
    head = signed_in(make.member(ngo.organisation, Role.HEAD), "mfa")
    for browser in (Client(), head):
        page = browser.get(card(ngo), headers={"Accept-Language": "en"}).content.decode()
        assert BUTTON not in page
        assert browser.post(f"{card(ngo)}case/").status_code in (302, 404)
    assert not Application.objects.exists()


def test_an_ngo_that_is_not_registered_has_no_such_case(registrar: User) -> None:
    other = Ngo.objects.create(organisation=make.organisation("ngo", "Рядом"))
    assert signed_in(registrar, "mfa").post(f"{card(other)}case/").status_code == 404


def test_the_case_says_the_same_last_day_as_the_card_and_nothing_empty(
    ngo: Ngo, registrar: User
) -> None:
    browser = signed_in(registrar, "mfa")
    answer = browser.post(f"{card(ngo)}case/", follow=True, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert "Registration: due Friday, 31 December 2027" in page
    assert "00:00" not in page
    assert "Experience" not in page
