"""The head of every page and the language one keeps."""

import pytest
from django.utils import timezone

from accounts.access import PUBLIC, SIGNED_IN
from accounts.models import User
from accounts.roles import Role
from casework.models import Notice
from face.context import menu_of, rows
from tests.accounts.sessions import signed_in
from tests.factories import department, member, organisation, person
from tests.house.test_architecture import ours

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    ngo = organisation("ngo", "Опора")
    return member(ngo, Role.HEAD, who=person("Анна"))


def notice(somebody: User, number: int, *, read: bool = False) -> None:
    at = timezone.now()
    Notice.objects.create(
        key=f"k{number}:{somebody.pk}",
        person=somebody,
        kind="x",
        at=at,
        read_at=at if read else None,
    )


class TestTheMasthead:
    def test_shows_name_role_organisation_and_what_is_unread(self, head: User) -> None:
        for number in range(3):
            notice(head, number)
        notice(head, 4, read=True)
        page = signed_in(head, "mfa").get("/help/")
        nav = page.context["nav"]
        assert [(entry.url, entry.count) for entry in nav.corner] == [("/notices/", 3)]
        text = page.content.decode()
        for said in (str(head), "руководитель НКО, Опора", 'href="/hats/"', "/accounts/logout/"):
            assert said in text

    def test_costs_three_queries_for_whoever_is_signed_in(self, django_assert_num_queries) -> None:
        client = signed_in(member(department(), Role.AUDITOR), "mfa")
        with django_assert_num_queries(3):  # session, person with hats, unread
            client.get("/help/")

    def test_costs_nothing_for_anybody_else(self, client, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            client.get("/help/")

    def test_an_organisation_with_a_tag_for_a_name_is_text(self) -> None:
        somebody = member(organisation("ngo", "<b>Опора</b>"), Role.VOLUNTEER)
        text = signed_in(somebody).get("/help/").content.decode()
        assert "&lt;b&gt;Опора" in text
        assert "<b>Опора" not in text


class TestTheMenu:
    def test_anybody_sees_the_public_rows(self, client) -> None:
        shown = [entry.url for entry in client.get("/help/").context["nav"].entries]
        assert shown[0] == "/"
        assert {"/types/", "/calendar/", "/help/"} <= set(shown)
        assert "/members/" not in shown

    def test_a_head_sees_their_own(self, head: User) -> None:
        shown = [row.url_name for row in menu_of(Role.HEAD)]
        assert "members" in shown
        assert "help" not in shown

    @pytest.mark.parametrize("role", ["", *Role.values])
    def test_nobody_sees_more_than_six(self, role: str) -> None:
        assert 0 < len(menu_of(role)) <= 6

    @pytest.mark.parametrize("role", ["", *Role.values])
    def test_nobody_waits_for_more_than_one_number(self, role: str) -> None:
        assert len([row for row in menu_of(role) if row.count]) <= 1

    def test_every_row_leads_where_its_readers_may_go(self) -> None:
        open_to = {pattern.name: pattern.who for pattern in ours()}
        for row in (*rows("ROWS"), *rows("CORNER")):
            who = open_to[row.url_name]
            if isinstance(row.who, tuple) and isinstance(who, tuple):
                assert set(row.who) <= set(who), row.url_name
            else:
                assert who in {PUBLIC, SIGNED_IN}, row.url_name


class TestTheLanguage:
    def test_is_kept_with_the_person(self, head: User) -> None:
        client = signed_in(head, "mfa")
        answer = client.post("/language/", {"language": "en", "next": "/help/"})
        assert answer["Location"] == "/help/"
        head.refresh_from_db()
        assert head.language == "en"
        assert client.get("/help/").headers["Content-Language"] == "en"
        elsewhere = signed_in(head, "mfa").get("/help/")
        assert elsewhere.headers["Content-Language"] == "en"

    def test_is_kept_in_the_browser_of_whoever_is_not_signed_in(self, client) -> None:
        client.post("/language/", {"language": "en"})
        assert client.get("/help/").headers["Content-Language"] == "en"

    @pytest.mark.parametrize("typed", ["", "de", "\x00", "ru" * 5000])
    def test_is_not_changed_by_what_is_no_language(self, head: User, typed: str) -> None:
        client = signed_in(head, "mfa")
        assert client.post("/language/", {"language": typed}).status_code == 302
        head.refresh_from_db()
        assert head.language == ""

    def test_leads_to_no_other_site(self, client) -> None:
        away = {"language": "en", "next": "https://example.net/"}
        assert client.post("/language/", away)["Location"] == "/"

    def test_is_not_changed_by_following_a_link(self, client) -> None:
        assert client.get("/language/").status_code == 405
