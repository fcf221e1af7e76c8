"""A person reads what is kept about them, takes a copy, withdraws consent, asks for changes."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import Organisation, User
from accounts.roles import Role
from casework import sweep
from casework.models import Entry, Notice
from casework.process import Refused
from oversight import services
from oversight.flows import DataRequestFlow
from oversight.keeping.wording import STATES
from oversight.models import DataRequest
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.oversight import aging
from tests.volunteers.making import clear, give, key, volunteer
from visits.models import Participation
from volunteers.models import Volunteer
from volunteers.queries.clearance import standings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def home() -> Organisation:
    make.department()
    return make.ngo("Рядом").organisation


@pytest.fixture
def anna(home: Organisation) -> Volunteer:
    who = volunteer(home)
    who.phone = "+7 916 123-45-67"
    who.save()
    return who


@pytest.fixture
def browser(anna: Volunteer) -> Client:
    return signed_in(anna.person)


@pytest.fixture
def checker() -> User:
    return make.member(make.department(), Role.CHECKER)


def ask(who: Volunteer, what: str, **wanted: str) -> DataRequest:
    by = make.acting(who.person, NOW.date())
    return services.ask_about_data(
        who.person, what, by=by, at=NOW, key=key(), words="Прошу.", wanted=wanted
    )


def carry_out(asked: DataRequest, by: User) -> None:
    DataRequestFlow.carry_out(asked, by=make.acting(by, NOW.date()), at=NOW, key=key())


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


class TestThePage:
    def test_says_what_is_kept_why_and_until_when(self, anna: Volunteer, browser: Client) -> None:
        give(anna, "consent")
        page = browser.get("/me/data/")
        shown = {one.section.code: (one.count, one.until) for one in page.context["sections"]}
        assert shown["profile"][0] == 1
        assert shown["clearance"][0] == 1
        with override("ru"):
            until = {one.section.code: one.until for one in page.context["sections"]}
        assert until["clearance"].endswith("6 месяцев после окончания проверки.")

    def test_opens_for_everybody_who_can_sign_in(self, checker: User) -> None:
        assert signed_in(checker, "mfa").get("/me/data/").status_code == 200
        assert signed_in(make.person()).get("/me/data/").status_code == 200
        assert Client().get("/me/data/").status_code == 302

    def test_asks_the_database_as_often_for_much_as_for_little(
        self, anna: Volunteer, browser: Client
    ) -> None:
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                browser.get("/me/data/")
            counts.append(len(queries))
            for code in ("consent", "conduct", "identity"):
                give(anna, code)
            aging.attempt(anna.person, NOW)
        assert counts[0] == counts[1] <= 10


class TestTheCopy:
    def copied(self, browser: Client) -> tuple[dict[str, object], str]:
        answer = browser.post("/me/data/copy/")
        assert answer["Cache-Control"] == "no-store"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
            assert sorted(folder.namelist()) == ["data.html", "data.json"]
            return json.loads(folder.read("data.json")), folder.read("data.html").decode()

    def test_holds_everything_about_the_person(self, anna: Volunteer, browser: Client) -> None:
        give(anna, "interview", number="77-4417")
        aging.attempt(anna.person, NOW)
        found, page = self.copied(browser)
        text = json.dumps(found, ensure_ascii=False)
        for one in (anna.person.email, anna.phone, "77-4417", "1990-05-17"):
            assert one in text
        assert "77-4417" in page
        assert "+7 916 123-45-67" in page

    def test_holds_nothing_of_anybody_else(self, home: Organisation, browser: Client) -> None:
        other = volunteer(home, name="Борис")
        give(other, "interview", number="ЧУЖОЙ-НОМЕР")
        found, page = self.copied(browser)
        text = json.dumps(found, ensure_ascii=False) + page
        assert [one for one in ("Борис", "ЧУЖОЙ-НОМЕР", other.person.email) if one in text] == []

    def test_that_it_was_taken_is_recorded(self, anna: Volunteer, browser: Client) -> None:
        self.copied(browser)
        entry = Entry.objects.get(action="data.copied")
        assert (entry.actor, entry.subject) == (anna.pk, f"person:{anna.pk}")

    def test_is_not_made_by_following_a_link(self, browser: Client) -> None:
        assert browser.get("/me/data/copy/").status_code == 405


class TestConsent:
    def test_is_a_record_with_its_day(self, anna: Volunteer, browser: Client) -> None:
        given = give(anna, "consent")
        consents = browser.get("/me/data/").context["consents"]
        assert [(one.ref, one.on, one.ended_at, one.mine) for one in consents] == [
            (given.case.ref, NOW.date(), None, True)
        ]

    def test_withdrawn_ends_the_clearance_and_stays_as_a_record(
        self, anna: Volunteer, browser: Client
    ) -> None:
        clear(anna, "V1")
        given = next(one for one in browser.get("/me/data/").context["consents"] if one.mine)
        assert standings([anna.pk], None, NOW.date())[anna.pk].tier == "V1"
        page = browser.get(f"/me/data/consents/{given.ref}/").context
        sent = {
            "key": page["key"],
            "seen": page["given"].case.version,
            "code": "wish",
            "reason": "Отзываю.",
        }
        where = f"/cases/{given.ref}/revoke/"
        assert browser.post(where, sent | {"next": "/me/data/"})["Location"] == "/me/data/"
        assert standings([anna.pk], None, NOW.date())[anna.pk].tier != "V1"
        after = {one.ref: one for one in browser.get("/me/data/").context["consents"]}
        assert (after[given.ref].ended_at, after[given.ref].mine) == (NOW, False)
        assert browser.get(f"/me/data/consents/{given.ref}/").status_code == 404

    def test_of_somebody_else_is_no_page(self, home: Organisation, browser: Client) -> None:
        other = give(volunteer(home, name="Борис"), "consent")
        assert browser.get(f"/me/data/consents/{other.case.ref}/").status_code == 404


class TestCorrection:
    def typed(self, browser: Client, **changed: str) -> dict[str, str]:
        form = browser.get("/me/data/correct/").context["form"]
        now = {name: form[name].value() or "" for name in form.fields}
        return now | changed

    def test_is_asked_carried_out_and_told(
        self, anna: Volunteer, browser: Client, checker: User
    ) -> None:
        sent = self.typed(browser, family_name="Ёлкина", born_on="1991-01-02")
        answer = browser.post("/me/data/correct/", sent)
        asked = DataRequest.objects.get()
        assert answer["Location"] == f"/cases/{asked.case.ref}/"
        assert asked.wanted == {"family_name": "Ёлкина", "born_on": "1991-01-02"}
        carry_out(asked, checker)
        anna.refresh_from_db()
        person = User.objects.get(pk=anna.pk)
        assert (person.family_name, str(anna.born_on)) == ("Ёлкина", "1991-01-02")
        told = Notice.objects.get(person=anna.pk, kind="data_request_carry_out")
        assert "Ёлкина" not in json.dumps(told.values, ensure_ascii=False)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("born_on", "3000-01-01"), ("born_on", "x"), ("family_name", ""), ("phone", "\x00")],
    )
    def test_of_nonsense_is_said_beside_the_field(
        self, browser: Client, field: str, value: str
    ) -> None:
        answer = browser.post("/me/data/correct/", self.typed(browser, **{field: value}))
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == [field]
        assert not DataRequest.objects.exists()

    def test_of_nothing_is_refused_in_words(self, browser: Client) -> None:
        answer = browser.post("/me/data/correct/", self.typed(browser))
        assert len(answer.context["form"].non_field_errors()) == 1

    def test_asked_twice_waits_for_the_first(self, anna: Volunteer) -> None:
        ask(anna, "correct", family_name="Ёлкина")
        with pytest.raises(Refused) as refused:
            ask(anna, "correct", family_name="Палкина")
        assert codes(refused) == ["asked_before"]


class TestErasure:
    def test_is_asked_on_a_page_and_answered_by_somebody_else(
        self, anna: Volunteer, browser: Client, checker: User
    ) -> None:
        form = browser.get("/me/data/erase/").context["form"]
        sent = {"key": form["key"].value(), "words": "Ухожу."}
        assert "sure" in browser.post("/me/data/erase/", sent).context["form"].errors
        browser.post("/me/data/erase/", sent | {"sure": "on"})
        asked = DataRequest.objects.get()
        carry_out(asked, checker)
        assert Notice.objects.filter(person=anna.pk, kind="data_request_carry_out").count() == 1
        person = User.objects.get(pk=anna.pk)
        assert (person.is_active, person.memberships.filter(during__upper_inf=True).count()) == (
            False,
            0,
        )

    def test_is_not_ones_own_to_decide(self) -> None:
        checker = make.member(make.department(), Role.CHECKER)
        by = make.acting(checker, NOW.date())
        asked = services.ask_about_data(checker, "erase", by=by, at=NOW, key=key())
        with pytest.raises(Refused) as refused:
            DataRequestFlow.carry_out(asked, by=by, at=NOW, key=key())
        assert "own_case" in codes(refused)

    def test_waits_for_open_cases_and_for_the_end_of_an_office(
        self, anna: Volunteer, checker: User
    ) -> None:
        give(anna, "record", passed=False)
        make.member(make.department(), Role.AUDITOR, who=anna.person)
        asked = ask(anna, "erase")
        with pytest.raises(Refused) as refused:
            carry_out(asked, checker)
        assert codes(refused) == ["held", "office"]

    def test_refused_says_why(self, anna: Volunteer, checker: User) -> None:
        asked = ask(anna, "erase")
        by = make.acting(checker, NOW.date())
        words = {"code": "law", "reason": "Идёт проверка O-17."}
        DataRequestFlow.refuse(asked, by=by, at=NOW, key=key(), **words)
        told = Notice.objects.get(person=anna.pk, kind="data_request_refuse")
        assert told.values["reason"] == words["reason"]

    def test_silence_is_told_to_the_chief(self, anna: Volunteer, checker: User) -> None:
        chief = make.member(make.department(), Role.CHIEF)
        asked = ask(anna, "erase")
        sweep.sweep(NOW + timedelta(days=30))
        assert not Notice.objects.filter(kind="data_request_escalate").exists()
        sweep.sweep(NOW + timedelta(days=32))
        heard = Notice.objects.filter(kind="data_request_escalate", case=asked.case)
        assert set(heard.values_list("person", flat=True)) == {anna.pk, checker.pk, chief.pk}
        assert asked.case.__class__.objects.get(pk=asked.case.pk).state == "asked"


class TestTheQueue:
    def test_shows_a_checker_what_waits_but_not_their_own(
        self, anna: Volunteer, checker: User
    ) -> None:
        asked = ask(anna, "erase")
        by = make.acting(checker, NOW.date())
        services.ask_about_data(checker, "erase", by=by, at=NOW, key=key())
        page = signed_in(checker, "mfa").get("/data-requests/")
        assert [row.case.ref for row in page.context["page"].rows] == [asked.case.ref]
        assert page.context["waiting"] == 1

    def test_is_no_page_for_others(self, browser: Client) -> None:
        assert browser.get("/data-requests/").status_code == 404


def test_every_state_of_somebodys_part_in_a_visit_has_its_words() -> None:
    assert set(STATES) == set(Participation.State.values)
