"""The pages of applications and suspensions: what is typed, what is shown, who may open them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis.exceptions import ConnectionError as NoCache

from accounts.hats import Acting
from accounts.models import Organisation
from accounts.roles import Role
from casework.models import Invitation
from registry import applying
from registry.flows import RegistrationFlow, SuspensionFlow
from registry.models import Application, Ngo, Suspension
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.registry.applicants import Applicant, applicant, full_draft, key, registrar
from tests.registry.world import inn, ogrn, words

pytestmark = pytest.mark.django_db


def form(number: int = 1, **changes: str) -> dict[str, str]:
    typed = {
        "name": "Благотворительный фонд «Рядом»",
        "short_name": f"БФ «Рядом {number}»",
        "ogrn": ogrn(number),
        "inn": inn(number),
        "form": "фонд",
        "head_name": "Анна Рябова",
        "email": f"anna{number}@example.org",
        "consent": "on",
    }
    return typed | changes


def browser(who: Acting) -> Client:
    return signed_in(who.user, "mfa")  # type: ignore[arg-type]


@pytest.fixture
def one() -> Acting:
    return registrar()


@pytest.fixture
def two() -> Acting:
    return registrar()


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Applicant:
    return applicant(at=timezone.now())


# Coming in.


def test_a_new_ngo_is_told_whom_we_wrote_to(client: Client) -> None:
    answer = client.post("/register/apply/", form(), follow=True)
    assert answer.redirect_chain == [("/register/apply/sent/", 302)]
    assert "anna1@example.org" in words(answer)
    assert Invitation.objects.get().organisation.short_name == "БФ «Рядом 1»"


def test_the_page_of_whom_we_wrote_to_is_nobody_elses(client: Client) -> None:
    client.post("/register/apply/", form())
    assert Client().get("/register/apply/sent/")["Location"] == "/register/apply/"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ogrn", "1157799090018"),
        ("ogrn", "1" * 4000),
        ("inn", "7799900014"),
        ("inn", "\x00"),
        ("name", "\x00"),
        ("short_name", ""),
        ("email", "не адрес"),
        ("consent", ""),
    ],
)
def test_what_is_mistyped_is_said_beside_its_field(client: Client, field: str, typed: str) -> None:
    answer = client.post("/register/apply/", form(**{field: typed}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Organisation.objects.filter(kind="ngo").exists()


def test_numbers_are_taken_as_people_write_them(client: Client) -> None:
    number = ogrn(1)
    client.post("/register/apply/", form(ogrn=f" {number[:1]} {number[1:]} "))
    assert Organisation.objects.get(kind="ngo").ogrn == number


def test_an_ngo_of_the_register_is_told_who_can_let_it_in(client: Client) -> None:
    client.post("/register/apply/", form())
    answer = client.post("/register/apply/", form())
    assert list(answer.context["form"].errors) == ["ogrn"]
    assert "уже отправлено" in words(answer)


def test_five_an_hour_come_in_from_one_address(client: Client) -> None:
    codes = [client.post("/register/apply/", form(number)).status_code for number in range(1, 8)]
    assert codes == [302] * 5 + [429] * 2
    assert Ngo.objects.count() == 5
    elsewhere = client.post("/register/apply/", form(9), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_without_the_cache_the_five_are_shared(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: Any, **__: Any) -> None:
        raise NoCache

    monkeypatch.setattr(cache, "add", dead)
    codes = [
        client.post("/register/apply/", form(n), REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(1, 7)
    ]
    assert codes == [302] * 5 + [429]


def test_no_address_is_kept_in_clear(client: Client) -> None:
    client.post("/register/apply/", form(), REMOTE_ADDR="203.0.113.77")
    keys = cache._cache.get_client().keys("*ngo_comes_in*")  # type: ignore[attr-defined]
    assert len(keys) == 1
    assert b"203.0.113.77" not in keys[0]


def test_an_applicant_is_found_by_nobody_before_it_is_registered(client: Client) -> None:
    client.post("/register/apply/", form())
    assert "Рядом 1" not in words(client.get("/register/?q=рядом"))
    assert client.get(f"/register/ngos/ngo-{ogrn(1)}/").status_code == 404
    export = client.get("/register/export.csv")
    assert "Рядом 1" not in b"".join(export).decode()  # type: ignore[arg-type]


# The application.


def test_a_head_begins_writes_checks_and_sends(one: Acting) -> None:
    made = Ngo.objects.create(organisation=make.organisation("ngo", "Новые"), applicant=True)
    head = signed_in(make.member(made.organisation, Role.HEAD), "mfa")
    assert "ещё не зарегистрирована" in words(head.get("/application/"))
    assert head.post("/application/begin/")["Location"] == "/application/"
    about = {name: value for name, value in form().items() if name not in {"email", "consent"}}
    typed = about | {"experience": "Пять лет", "wanted": [key("T01", "C"), key("T07", "R")]}
    assert head.post("/application/", typed)["Location"] == "/application/?saved"
    page = head.get("/application/check/")
    assert [found.code for found in page.context["objections"]] == ["safeguarding", "preparation"]
    typed |= {"safeguarding": "Правила", "preparation": "Курс", "check": "1"}
    page = head.get(head.post("/application/", typed)["Location"])
    assert page.context["objections"] == []
    assert "Групповое занятие" in words(page)
    send = page.context["form"].initial
    where = f"/cases/{page.context['case'].ref}/submit/"
    answer = head.post(where, {**send, "next": "/application/"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/application/"
    assert "Заявление отправлено" in words(answer)
    application = Application.objects.get()
    assert application.case.state == "submitted"
    assert application.wanted.count() == 2


def test_defects_stand_above_the_form_and_beside_what_they_are_about(
    ngo: Applicant, one: Acting
) -> None:
    ngo.submit(timezone.now())
    RegistrationFlow.return_(
        ngo.application, by=one, at=timezone.now(), key="r", defects=["D3", "D5"], reason="Сотни"
    )
    page = browser(ngo.head).get("/application/")
    assert "Сотни" in words(page)
    beside = {part.name: [str(one) for one in part.defects] for part in page.context["form"].parts}
    assert beside["safeguarding"] == ["правил защиты детей нет или они общие"]
    assert beside["about"] == beside["experience"] == beside["preparation"] == []
    assert len(page.context["form"].wanted_defects) == 1
    assert words(page).count("Здесь нужно исправить") == 2


@pytest.mark.parametrize("wanted", ["1", "x-y", "9999999999999999999-1", "\x00", "1-1-1"])
def test_only_pairs_that_fit_can_be_asked_for(ngo: Applicant, wanted: str) -> None:
    answer = browser(ngo.head).post("/application/", form() | {"wanted": wanted})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["wanted"]
    assert applying.said(ngo.application) == full_draft()


def test_a_registered_ngo_keeps_its_names(ngo: Applicant, one: Acting, two: Acting) -> None:
    at = timezone.now()
    ngo.submit(at)
    RegistrationFlow.complete(ngo.application, by=one, at=at, key="c")
    RegistrationFlow.register(ngo.application, by=two, at=at, key="d", granted=[key("T01", "C")])
    page = browser(ngo.head).get("/application/")
    assert "НКО зарегистрирована" in words(page)
    assert not page.context["may"]
    assert browser(ngo.head).post("/application/begin/")["Location"] == "/application/"
    assert Application.objects.count() == 1


def test_a_second_tab_that_sends_after_the_first_is_told(ngo: Applicant) -> None:
    ngo.submit(timezone.now())
    assert "Заявление отправлено" in words(browser(ngo.head).post("/application/", form()))
    assert browser(ngo.head).get("/application/check/")["Location"] == "/application/"


def test_another_ngos_head_gets_404(ngo: Applicant) -> None:
    ngo.submit(timezone.now())
    other = browser(applicant("Другие", 2, timezone.now()).head)
    where = f"/cases/{ngo.application.case.ref}/"
    assert [other.get(where + step).status_code for step in ("", "submit/", "withdraw/")] == [
        404
    ] * 3


@pytest.mark.parametrize(
    ("where", "role"),
    [
        ("/application/", Role.REGISTRAR),
        ("/application/check/", Role.REGISTRAR),
        ("/registrations/", Role.HEAD),
        ("/suspensions/", Role.HEAD),
        ("/suspensions/new/", Role.HEAD),
    ],
)
def test_pages_are_for_their_roles_only(
    ngo: Applicant, one: Acting, where: str, role: Role
) -> None:
    who = one if role == Role.REGISTRAR else ngo.head
    assert browser(who).get(where).status_code == 404


# The queue.


def test_the_queue_is_by_lateness_and_says_what_is_not_yours(one: Acting, two: Acting) -> None:
    now = timezone.now()
    late = applicant("Поздние", 1, now - timedelta(days=40))
    late.submit(now - timedelta(days=40), key="s1")
    RegistrationFlow.complete(late.application, by=one, at=now - timedelta(days=40), key="c1")
    fresh = applicant("Новые", 2, now)
    fresh.submit(now, key="s2")
    applicant("Черновик", 3, now)
    mine = browser(one).get("/registrations/")
    rows = [(str(row.application.ngo), str(row.why_not)) for row in mine.context["rows"]]
    assert rows == [("Поздние", "Проверяли вы: решает другой регистратор."), ("Новые", "")]
    assert mine.context["late"] == 1
    assert [row.why_not for row in browser(two).get("/registrations/").context["rows"]] == ["", ""]


def test_the_queue_costs_the_same_however_long_it_is(one: Acting) -> None:
    client = browser(one)
    costs = []
    for numbers in (range(1, 3), range(3, 9)):
        for number in numbers:
            applicant(f"НКО {number}", number, timezone.now()).submit(
                timezone.now(), key=f"s{number}"
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            words(client.get("/registrations/"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 8


# Suspensions.


def suspend(client: Client, ngo: Ngo, **changes: str) -> Any:
    today = timezone.localdate()
    dates = {"from_on": str(today), "through_on": str(today + timedelta(days=5))}
    return client.post(f"/suspensions/new/?ngo={ngo.organisation.ref}", dates | changes)


def test_a_registrar_finds_an_ngo_and_suspends_one_type(one: Acting, client: Client) -> None:
    made, registrars = make.ngo("Шаг за ворота"), browser(one)
    found = registrars.get("/suspensions/new/?q=ворота")
    assert [row.ref for row in found.context["found"]] == [made.organisation.ref]
    page = registrars.get(f"/suspensions/new/?ngo={made.organisation.ref}")
    version = page.context["form"].fields["type"].queryset.get(type__code="T05")
    where = suspend(registrars, made, type=str(version.pk))["Location"]
    drafted = Suspension.objects.get()
    assert where == f"/cases/{drafted.case.ref}/suspend/"
    assert "Составлено вами" in words(registrars.get("/suspensions/"))
    step = registrars.get(where).context["form"].initial
    assert registrars.post(where, {**step, "reason": "Решение № 31"}).status_code == 302
    drafted.refresh_from_db()
    assert (drafted.type.code, drafted.ground) == ("T05", "Решение № 31")  # type: ignore[union-attr]
    assert [held.standing for held in registrars.get("/suspensions/").context["rows"]] == ["now"]
    card = words(client.get(f"/register/ngos/{made.organisation.ref}/"))
    assert "История приостановлений" in card
    assert "Решение № 31" in card


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": "2020-01-01"}, "from_on"),
        ({"through_on": "2020-01-01"}, "through_on"),
        ({"through_on": "никогда"}, "through_on"),
        ({"type": "\x00"}, "type"),
        ({"type": "99999999999999999999"}, "type"),
        ({"institution": "x"}, "institution"),
    ],
)
def test_a_mistyped_suspension_is_not_written(
    one: Acting, changes: dict[str, str], field: str
) -> None:
    answer = suspend(browser(one), make.ngo(), **changes)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Suspension.objects.exists()


def test_what_is_not_registered_is_not_suspended(one: Acting) -> None:
    bare = Ngo.objects.create(organisation=make.organisation("ngo", "Без записи"))
    assert "приостанавливать нечего" in words(suspend(browser(one), bare))
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("asked", ["ngo=%00", "ngo=no-such", "q=%00", "ngo=" + "x" * 3000])
def test_a_strange_question_is_answered(one: Acting, asked: str) -> None:
    assert browser(one).get(f"/suspensions/new/?{asked}").status_code in {200, 404}


def test_the_list_of_suspensions_costs_the_same_however_long(one: Acting) -> None:
    client = browser(one)
    costs = []
    for count in (1, 4):
        for _ in range(count):
            suspend(client, make.ngo())
            drafted = Suspension.objects.latest("pk")
            SuspensionFlow.suspend(
                drafted, by=one, at=timezone.now(), key=f"s{drafted.pk}", reason="Решение"
            )
        with CaptureQueriesContext(connection) as queries:
            words(client.get("/suspensions/"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_suspended_ngo_reads_it_on_its_own_page(one: Acting) -> None:
    made = make.ngo()
    head = signed_in(make.member(made.organisation, Role.HEAD), "mfa")
    suspend(browser(one), made)
    assert "Приостановлено:" not in words(head.get("/application/"))
    drafted = Suspension.objects.get()
    SuspensionFlow.suspend(drafted, by=one, at=timezone.now(), key="s", reason="Решение № 31")
    assert "Решение № 31" in words(head.get("/application/"))
