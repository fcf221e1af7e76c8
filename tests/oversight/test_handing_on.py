"""What the Department and the organisation do about a case that nobody can decide."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import User
from accounts.roles import Role
from casework.absences import Days, go_away, name_deputy
from casework.letters import letter
from casework.models import Entry, Notice
from institutions.models import Agreement
from oversight.handing_on import announce, hand_on
from oversight.models import HandOn
from tests import factories as make
from tests.oversight.world import browser, long_ago, of_the_department, offered

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def house(db: None) -> SimpleNamespace:
    """A house with a director and a desk, to which an NGO has offered an agreement."""
    made = SimpleNamespace(house=make.institution("Липовая аллея"))
    made.org = made.house.organisation
    made.director = make.member(made.org, Role.DIRECTOR)
    made.desk = make.member(made.org, Role.DESK)
    made.deal = again(offered(timezone.now() - 2 * DAY, made.house))
    return made


def again(deal: Agreement) -> Agreement:
    """As it stands now."""
    return Agreement.objects.select_related("case").get(pk=deal.pk)


def today() -> Any:
    return timezone.localdate()


def away(person: User, days: int = 5, **more: Any) -> None:
    held, now = person.memberships.get(), timezone.now()
    go_away(held, Days(today(), today() + days * DAY), by=person, at=now, **more)


def refs(client: Client) -> list[str]:
    return [row.case.ref for row in client.get("/unattended/").context["page"]]


class TestTheDepartment:
    def test_sees_every_such_case_with_whose_move_since_when_and_why(
        self, house: SimpleNamespace
    ) -> None:
        away(house.director)
        (row,) = browser(of_the_department()).get("/unattended/").context["page"]
        with translation.override("en"):
            assert (row.case, str(row.whose), row.place) == (
                house.deal.case,
                "director",
                "Липовая аллея",
            )
        assert row.since_on == today()
        assert row.term is not None
        assert row.heading.endswith("Липовая аллея")
        assert row.whys[0].startswith("Все, у кого есть нужная роль, отсутствуют.")

    def test_reads_in_words_that_nothing_is_so(self) -> None:
        text = browser(of_the_department()).get("/unattended/").content.decode()
        assert "По каждому делу есть кому решать" in text.replace("\u00a0", " ")

    def test_writes_to_the_organisation_once_a_day(self, house: SimpleNamespace) -> None:
        away(house.director)
        chief = of_the_department()
        where = f"/unattended/{house.deal.case.ref}/"
        for _ in range(3):
            assert browser(chief).post(where)["Location"] == "/unattended/"
        kept = HandOn.objects.get()
        assert (kept.case, kept.by, kept.on, kept.told) == (house.deal.case, chief, today(), 2)
        heard = Notice.objects.filter(kind="unattended_letter").order_by("person")
        assert [one.person for one in heard] == [house.director, house.desk]
        assert Entry.objects.filter(action="case.handed_on").count() == 1
        hand_on(house.deal.case, by=make.acting(chief), at=timezone.now() + DAY)
        assert Notice.objects.filter(kind="unattended_letter").count() == 4

    def test_writes_nothing_when_somebody_can_decide(self, house: SimpleNamespace) -> None:
        client = browser(of_the_department())
        answer = client.post(f"/unattended/{house.deal.case.ref}/", follow=True)
        assert "снова есть кому сделать" in answer.content.decode().replace("\u00a0", " ")
        assert not HandOn.objects.exists()

    @pytest.mark.parametrize("ref", ["A-0", "A-99999999999999999999", "nothing"])
    def test_finds_no_case_by_another_name(self, ref: str) -> None:
        assert browser(of_the_department()).post(f"/unattended/{ref}/").status_code == 404

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("kind", ["unattended", "unattended_letter"])
    def test_writes_whole_letters(self, house: SimpleNamespace, kind: str, language: str) -> None:
        chief = of_the_department()
        away(house.director)
        announce(timezone.now())
        hand_on(house.deal.case, by=make.acting(chief), at=timezone.now())
        notice = Notice.objects.filter(kind=kind).order_by("pk").first()
        assert notice is not None
        found = letter(notice, language)
        assert house.deal.case.ref in found.subject
        assert "Липовая аллея" in found.text


class TestTheOrganisation:
    def test_its_director_sees_what_its_desk_cannot_do_and_names_a_deputy(
        self, house: SimpleNamespace
    ) -> None:
        away(house.director)
        offered(long_ago(), make.institution())
        client = browser(house.director)
        assert refs(client) == [house.deal.case.ref]
        assert client.get("/unattended/").context["page"][0].ours is True
        name_deputy(
            house.director.memberships.get(),
            house.desk,
            Days(today(), today() + 5 * DAY),
            by=house.director,
            at=timezone.now(),
        )
        assert refs(client) == []

    def test_whose_move_it_is_not_does_not_see_it(self, house: SimpleNamespace) -> None:
        away(house.director)
        head = User.objects.get(memberships__organisation=house.deal.ngo.organisation)
        assert refs(browser(head)) == []

    @pytest.mark.parametrize("role", [Role.DESK, Role.NURSE, Role.GATE])
    def test_others_of_the_house_have_no_such_page(
        self, house: SimpleNamespace, role: Role
    ) -> None:
        person = make.member(house.org, role)
        assert browser(person).get("/unattended/").status_code == 404

    def test_its_director_cannot_write_in_the_name_of_the_department(
        self, house: SimpleNamespace
    ) -> None:
        away(house.director)
        answer = browser(house.director).post(f"/unattended/{house.deal.case.ref}/")
        assert answer.status_code == 404


class TestTheDailyJob:
    def test_tells_the_department_and_the_director_once_of_one_spell(
        self, house: SimpleNamespace
    ) -> None:
        chief = of_the_department()
        away(house.director)
        told_now = [announce(timezone.now() + n * DAY) for n in range(5)]
        assert told_now == [2, 0, 0, 0, 0]
        heard = Notice.objects.filter(kind="unattended").values_list("person", flat=True)
        assert set(heard) == {chief.pk, house.director.pk}

    def test_tells_again_of_another_spell(self, house: SimpleNamespace) -> None:
        of_the_department()
        held = house.director.memberships.get()
        for first in (0, 10):
            days = Days(today() + first * DAY, today() + (first + 2) * DAY)
            go_away(held, days, by=house.director, at=timezone.now())
        found = [announce(timezone.now() + n * DAY) for n in (0, 1, 10, 11)]
        assert found == [2, 0, 2, 0]


class TestTheNumberOfQuestions:
    def queries(self, client: Client) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/unattended/").status_code == 200
        return len(caught)

    def test_does_not_grow_with_the_rows(self, house: SimpleNamespace) -> None:
        client = browser(of_the_department())
        away(house.director)
        few = self.queries(client)
        for _ in range(5):
            offered(long_ago(), house.house)
            offered(long_ago(), make.institution())
        assert len(refs(client)) == 11
        assert self.queries(client) == few <= 8
