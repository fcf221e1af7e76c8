"""The trail is found by person, organisation, case, action, day; reading it is recorded."""

import csv
import hashlib
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from casework import trail
from casework.models import Case, Entry
from casework.process import Flow
from oversight.queries import actions, audit
from tests import factories as make
from tests.oversight.world import browser, long_ago, of_the_department, offered, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return of_the_department(Role.AUDITOR)


@pytest.fixture
def auditor(person: User) -> Client:
    return browser(person)


def found(client: Client, query: str = "") -> list[tuple[str, str]]:
    page = client.get(f"/audit/{query}").context["page"]
    return [(line.entry.action, line.case.ref if line.case else "") for line in page.lines]


def errors(client: Client, query: str) -> list[str]:
    return list(client.get(f"/audit/{query}").context["form"].errors)


def test_the_newest_entry_comes_first_and_opens_its_case(auditor: Client) -> None:
    concern = told(long_ago())
    deal = offered(long_ago(), make.institution())
    assert found(auditor) == [
        ("agreement.offer", deal.case.ref),
        ("concern.say", concern.case.ref),
    ]
    text = auditor.get("/audit/").content.decode()
    assert f'href="{deal.case.get_absolute_url()}#timeline"' in text


class TestASearch:
    def test_by_person_finds_what_they_did_and_what_concerned_them(self, auditor: Client) -> None:
        someone = make.person("Пётр", patronymic="Королёвич")
        concern = told(long_ago())
        concern.case.concerned.create(person=someone)
        make.department()
        trail.record(tenant=1, actor=someone.pk, action="test.started", subject="attempt:1")
        told(long_ago())
        expected = [("test.started", ""), ("concern.say", concern.case.ref)]
        for text in (someone.email, "петр", "ПЁТР королевич", someone.family_name):
            assert found(auditor, f"?person={text}") == expected

    def test_by_person_finds_the_roles_they_were_given(self, auditor: Client) -> None:
        membership = make.member(make.organisation("ngo"), Role.HEAD).memberships.get()
        trail.record(
            tenant=1, actor=None, action="membership.granted", subject=f"membership:{membership.pk}"
        )
        assert found(auditor, f"?person={membership.person.email}") == [("membership.granted", "")]

    def test_by_organisation_finds_the_cases_of_either_side(self, auditor: Client) -> None:
        house, ngo = make.institution("Дом у ёлок"), make.ngo("Шаг за ворота")
        deal = offered(long_ago(), house, ngo).case
        told(long_ago())
        expected = [("agreement.offer", deal.ref)]
        assert found(auditor, "?organisation=у елок") == expected
        assert found(auditor, "?organisation=ШАГ ворота") == expected

    def test_by_case(self, auditor: Client) -> None:
        concern = told(long_ago())
        told(long_ago())
        expected = [("concern.say", concern.case.ref)]
        assert found(auditor, f"?case={concern.case.ref.lower()}") == expected

    def test_by_kind_of_action(self, auditor: Client) -> None:
        told(long_ago())
        deal = offered(long_ago(), make.institution())
        assert found(auditor, "?action=agreement.offer") == [("agreement.offer", deal.case.ref)]

    def test_by_days_both_included(self, auditor: Client) -> None:
        told(long_ago())
        today = timezone.localdate()
        yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
        assert len(found(auditor, f"?since={today}&through={today}&action=concern.say")) == 1
        assert found(auditor, f"?since={tomorrow}") == []
        assert found(auditor, f"?through={yesterday}") == []

    @pytest.mark.parametrize(
        ("query", "fields"),
        [
            ("?person=Никого-такого", ["person"]),
            ("?person=example.org", ["person"]),
            ("?person=%00", ["person"]),
            ("?organisation=Нигде", ["organisation"]),
            ("?case=V-99999999999999999999", ["case"]),
            ("?case=%00", ["case"]),
            ("?action=unknown", ["action"]),
            ("?since=yesterday", ["since"]),
            ("?since=9999-12-31", ["since"]),
            ("?through=0001-01-01", ["through"]),
            ("?since=2026-11-02&through=2026-11-01", ["through"]),
        ],
    )
    def test_what_is_not_understood_is_said_beside_the_field(
        self, auditor: Client, query: str, fields: list[str]
    ) -> None:
        for _ in range(25):
            make.person()
        assert errors(auditor, query) == fields
        assert auditor.get(f"/audit/export.csv{query}").status_code == 404

    @pytest.mark.parametrize("after", ["%00", "A" * 5000, "WyJ4IiwxXQ"])
    def test_a_strange_place_begins_anew(self, auditor: Client, after: str) -> None:
        told(long_ago())
        assert found(auditor, f"?action=concern.say&after={after}") == [
            ("concern.say", Case.objects.get().ref)
        ]


def test_page_after_page_shows_every_entry_once(auditor: Client, monkeypatch) -> None:
    monkeypatch.setattr("oversight.views.audit.PAGE", 3)
    for number in range(10):
        trail.record(tenant=number, actor=None, action="test.started", subject=f"attempt:{number}")
    seen: list[str] = []
    after = ""
    while True:
        page = auditor.get(f"/audit/?action=test.started&after={after}").context["page"]
        seen += [line.entry.subject for line in page.lines]
        if not (after := page.after):
            break
    assert seen == [f"attempt:{number}" for number in range(9, -1, -1)]


class TestReadingIsRecorded:
    def notes(self) -> list[tuple[str, int | None, str, str]]:
        rows = Entry.objects.filter(action__startswith="audit.").order_by("at", "pk")
        return list(rows.values_list("action", "actor", "subject", "digest"))

    def test_once_for_each_request_and_the_terms_as_a_digest_only(
        self, auditor: Client, person: User
    ) -> None:
        query = f"person={person.email}"
        auditor.get(f"/audit/?{query}")
        auditor.get(f"/audit/export.csv?{query}")
        terms = query.replace("@", "%40").encode()
        digest = hashlib.sha256(terms).hexdigest()
        assert self.notes() == [
            ("audit.read", person.pk, "audit", digest),
            ("audit.exported", person.pk, "audit", digest),
        ]

    def test_a_search_that_was_not_understood_is_recorded_too(
        self, auditor: Client, person: User
    ) -> None:
        auditor.get("/audit/?case=nowhere")
        assert [(action, actor) for action, actor, _, _ in self.notes()] == [
            ("audit.read", person.pk)
        ]

    def test_nobody_is_recorded_who_was_turned_away(self) -> None:
        browser(of_the_department(Role.REGISTRAR)).get("/audit/")
        assert self.notes() == []


def table(answer) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


class TestAnExport:
    def test_holds_what_is_seen(self, auditor: Client, person: User) -> None:
        concern = told(long_ago())
        lines = table(auditor.get("/audit/export.csv?action=concern.say"))
        entry = Entry.objects.get(action="concern.say")
        assert lines[0][0] == "Когда"
        assert [lines[1][4], lines[1][5], lines[1][7]] == [
            "concern.say",
            concern.case.ref,
            f"case:{concern.case.pk}",
        ]
        assert lines[1][8:] == [str(entry.chain), str(entry.seq), entry.digest]
        assert len(lines) == 2

    def test_a_cell_is_never_a_formula(self, auditor: Client) -> None:
        someone = make.person()
        someone.given_name, someone.family_name = "=HYPERLINK(1)", "Z"
        someone.save()
        trail.record(tenant=1, actor=someone.pk, action="test.started", subject="attempt:1")
        lines = table(auditor.get("/audit/export.csv?action=test.started"))
        assert lines[1][1] == "'=HYPERLINK(1) Z"

    def test_says_in_words_that_there_is_more(self, auditor: Client, monkeypatch) -> None:
        monkeypatch.setattr("oversight.queries.exports.LARGEST", 2)
        for number in range(3):
            trail.record(tenant=1, actor=None, action="test.started", subject=f"attempt:{number}")
        lines = table(auditor.get("/audit/export.csv?action=test.started"))
        assert [line[7] for line in lines[1:3]] == ["attempt:2", "attempt:1"]
        assert lines[3] == ["Здесь только новые записи, 2. Сузьте поиск, чтобы увидеть остальные."]


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CHECKER, Role.COMMISSIONER])
@pytest.mark.parametrize("where", ["/audit/", "/audit/export.csv", "/audit/verify/"])
def test_the_trail_is_for_chief_and_auditor_only(role: Role, where: str) -> None:
    client = browser(of_the_department(role))
    assert client.get(where).status_code == 404
    assert client.post(where).status_code == 404


def test_every_action_of_every_process_has_its_words() -> None:
    for kind, flow in Flow.by_kind.items():
        for name, step in flow.steps.items():
            assert actions.words(f"{kind}.{name}") == step.past
    assert actions.words("unheard.of") == "unheard.of"
    assert actions.words("visit.unheard") == "visit.unheard"


@pytest.mark.parametrize("subject", ["case:", "case:x", "case:²", "case:" + "9" * 40, "x:1", "1"])
def test_a_strange_subject_belongs_to_no_case(subject: str) -> None:
    assert audit.case_key(Entry(subject=subject)) is None


def test_a_draft_is_not_opened_by_the_trail(auditor: Client) -> None:
    deal = offered(long_ago(), make.institution())
    Case.objects.filter(pk=deal.pk).update(state="draft")
    assert found(auditor, "?action=agreement.offer") == [("agreement.offer", "")]


def test_queries_do_not_grow_with_the_rows(auditor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert auditor.get("/audit/").status_code == 200
        return len(caught)

    told(long_ago())
    few = queries()
    for _ in range(10):
        told(long_ago())
    assert queries() == few
    # Session, person, hats and notices are every page's own.
    assert few <= 4 + 5


def test_the_trail_still_holds_after_all_this(auditor: Client) -> None:
    auditor.get("/audit/")
    assert trail.verify()[1] is None
    with pytest.raises(ObjectDoesNotExist):
        Entry.objects.get(action="audit.read", at__date__lt=date(2026, 1, 1))
