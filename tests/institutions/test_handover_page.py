"""The pack as its director sees it, from the first look to the day it is accepted."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from institutions.flows import AgreementFlow, HandoverFlow
from institutions.models import Handover, ItemKind
from institutions.services.handovers import begin_due
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.institutions import doing
from tests.institutions.succeeding import acting, answer_all, handed, leave_behind, succeed

pytestmark = pytest.mark.django_db
NOON, TODAY, DAY = doing.NOON, doing.TODAY, doing.DAY


@pytest.fixture(autouse=True)
def _now(clock: None) -> None:
    """It is noon of a Monday."""


@pytest.fixture
def kept(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, and what the director leaves."""
    return leave_behind(cast)


class TestThePage:
    def send(self, client: Client, handover: Handover, step: str, **more: Any) -> Any:
        typed = {"key": doing.key(), "seen": handover.case.version, "next": "/handover/", **more}
        return client.post(f"/cases/{handover.case.ref}/{step}/", typed)

    def test_leads_from_the_first_look_to_the_accepted_pack(self, kept: SimpleNamespace) -> None:
        # Given a new director who looks for the first time
        client = signed_in(succeed(kept), "mfa")
        page = client.get("/handover/", follow=True)
        assert "отвечено" in page.content.decode().lower().replace("\u00a0", " ")
        (case,) = [s for s in page.context["pack"].sections if s.kind == ItemKind.CASE]

        # When they want one thing altered without a word on it
        answer = self.send(client, handed(kept), "alter", items=case.open)
        assert list(answer.context["form"].errors) == ["reason"]

        # Then with one, and confirm the rest kind by kind
        why = {"items": case.open, "reason": "Сначала встретимся"}
        assert self.send(client, handed(kept), "alter", **why)["Location"] == "/handover/"
        for section in client.get("/handover/", follow=True).context["pack"].sections:
            if section.open:
                self.send(client, handed(kept), "confirm", items=section.open)
        done = client.get("/handover/", follow=True)
        assert (done.context["pack"].answered, done.context["pack"].count) == (6, 6)

        # Then the pack can be accepted, and says so from then on
        assert self.send(client, handed(kept), "complete")["Location"] == "/handover/"
        assert client.get("/handover/", follow=True).context["pack"].is_open is False

    def test_is_where_a_new_director_comes_first_until_it_is_accepted(
        self, kept: SimpleNamespace
    ) -> None:
        new = succeed(kept)
        client = signed_in(new, "mfa")
        assert client.get("/start/")["Location"] == "/handover/"
        answer_all(handed(kept), new)
        HandoverFlow.complete(handed(kept), by=acting(new), at=NOON, key="k")
        assert client.get("/start/")["Location"] == "/requests/"

    def test_is_found_from_the_case_and_not_by_another_house(self, kept: SimpleNamespace) -> None:
        client = signed_in(succeed(kept), "mfa")
        where = client.get("/handover/")["Location"]
        ref = handed(kept).case.ref
        assert where == f"/handover/{ref}/"
        assert where in client.get(f"/cases/{ref}/").content.decode()
        other = make.member(make.institution().organisation, Role.DIRECTOR)
        for found in (where, "/handover/H-0/"):
            assert signed_in(other, "mfa").get(found).status_code == 404

    def test_is_empty_where_the_director_never_changed(self, kept: SimpleNamespace) -> None:
        page = signed_in(kept.director, "mfa").get("/handover/")
        assert "ничего не передавали" in page.content.decode().replace("\u00a0", " ")

    @pytest.mark.parametrize("who", ["desk", "head", "registrar"])
    def test_is_the_director_s_alone(self, kept: SimpleNamespace, who: str) -> None:
        assert signed_in(getattr(kept, who), "mfa").get("/handover/").status_code == 404

    def test_says_what_became_of_an_item_meanwhile(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        AgreementFlow.decline(
            kept.offer, by=acting(new), at=NOON, key="k", code="R6", reason="Нет места"
        )
        text = (
            signed_in(new, "mfa")
            .get("/handover/", follow=True)
            .content.decode()
            .replace("\u00a0", " ")
        )
        assert "С тех пор: отклонено другой стороной" in text

    def test_asks_the_same_for_many_items_as_for_few(self, kept: SimpleNamespace) -> None:
        def asked(client: Client) -> int:
            where = client.get("/handover/")["Location"]
            with CaptureQueriesContext(connection) as queries:
                assert client.get(where).status_code == 200
            return len(queries)

        few = asked(signed_in(succeed(kept), "mfa"))
        house = make.institution()
        more = SimpleNamespace(house=house, site=house.sites.get())
        more.director = make.member(house.organisation, Role.DIRECTOR)
        for _ in range(6):
            more.ngo = make.ngo()
            more.head = make.member(more.ngo.organisation, Role.HEAD)
            doing.agree(more, note="Обещание")
            doing.offer(more)
        client = signed_in(succeed(more), "mfa")
        assert asked(client) == few <= 10
        assert client.get("/handover/", follow=True).context["pack"].count == 18
