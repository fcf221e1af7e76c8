"""A new director takes over everything in force; nothing vanishes, and silence is heard of."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts import memberships
from accounts.roles import Role
from casework.absences import Days, name_deputy
from casework.letters import letter
from casework.models import Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from institutions.flows import AgreementFlow, HandoverFlow
from institutions.models import Agreement, Handover, ItemKind
from institutions.queries.handovers import pack
from institutions.services.handovers import begin_due
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.institutions import doing
from tests.institutions.succeeding import acting, answer_all, handed, leave_behind, succeed

pytestmark = pytest.mark.django_db
NOON, TODAY, DAY = doing.NOON, doing.TODAY, doing.DAY
LATER = NOON + timedelta(days=60)


@pytest.fixture(autouse=True)
def _now(clock: None) -> None:
    """It is noon of a Monday."""


@pytest.fixture
def kept(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, and what the director leaves."""
    return leave_behind(cast)


def codes(refusal: Any) -> list[str]:
    return [one.code for one in refusal.value.objections]


class TestItBegins:
    def test_when_a_director_follows_another(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        assert begin_due(NOON) == 1
        handover = handed(kept)
        assert (handover.from_person, handover.to_person, handover.case.state) == (
            kept.director,
            new,
            "open",
        )
        assert [one.person for one in Notice.objects.filter(kind="handover_begin")] == [new]

    def test_once_however_often_it_is_looked_for(self, kept: SimpleNamespace) -> None:
        succeed(kept)
        assert [begin_due(NOON + n * DAY) for n in range(5)] == [1, 0, 0, 0, 0]
        assert Handover.objects.count() == 1

    def test_only_when_the_new_one_is_there(self, kept: SimpleNamespace) -> None:
        succeed(kept, after=3)
        assert [begin_due(NOON + n * DAY) for n in (0, 2, 3, 4)] == [0, 0, 1, 0]

    def test_only_when_the_old_one_has_gone(self, kept: SimpleNamespace) -> None:
        make.member(kept.house.organisation, Role.DIRECTOR, on=TODAY)
        memberships.end(kept.director.memberships.get(), on=TODAY + 3 * DAY)
        assert [begin_due(NOON + n * DAY) for n in (0, 2, 3, 4)] == [0, 0, 1, 0]

    def test_not_for_a_first_director_nor_for_one_who_comes_back(
        self, kept: SimpleNamespace
    ) -> None:
        assert begin_due(NOON) == 0
        org = kept.house.organisation
        memberships.end(kept.director.memberships.get(), on=TODAY)
        make.member(org, Role.DIRECTOR, on=TODAY, who=kept.director)
        assert begin_due(NOON) == 0

    def test_not_for_a_deputy(self, kept: SimpleNamespace) -> None:
        held = kept.director.memberships.get()
        name_deputy(held, kept.desk, Days(TODAY, TODAY + DAY), by=kept.director, at=NOON)
        assert [begin_due(NOON + n * DAY) for n in range(4)] == [0, 0, 0, 0]

    def test_at_the_director_s_first_look_without_waiting_for_a_job(
        self, kept: SimpleNamespace
    ) -> None:
        new = succeed(kept)
        page = signed_in(new, "mfa").get("/handover/", follow=True).context["pack"]
        assert (page.answered, page.count) == (0, 6)

    def test_and_a_membership_has_one_handover_for_the_database_too(
        self, kept: SimpleNamespace
    ) -> None:
        succeed(kept)
        begin_due(NOON)
        earlier = handed(kept)
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.create(
                case=kept.offer.case,
                institution=kept.house,
                membership=earlier.membership,
                to_person=earlier.to_person,
                started_on=TODAY,
            )


class TestThePack:
    def test_holds_everything_that_stays_in_force(self, kept: SimpleNamespace) -> None:
        succeed(kept)
        begin_due(NOON)
        found = [(one.kind, one.case_id) for one in handed(kept).items.all()]
        assert found == [
            (ItemKind.CASE, kept.offer.pk),
            (ItemKind.AGREEMENT, kept.deal.pk),
            (ItemKind.MODE, kept.mode.pk),
            (ItemKind.PROMISE, kept.deal.pk),
            (ItemKind.PROMISE, kept.mode.pk),
            (ItemKind.PROMISE, kept.mode.pk),
        ]

    def test_never_grows_afterwards(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        AgreementFlow.sign(kept.offer, by=acting(new), at=NOON, key=doing.key())
        begin_due(NOON + DAY)
        assert handed(kept).items.count() == 6

    def test_resets_no_term(self, kept: SimpleNamespace) -> None:
        before = list(Term.objects.order_by("pk").values())
        succeed(kept)
        begin_due(NOON)
        assert list(Term.objects.exclude(name="confirm").order_by("pk").values()) == before

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_reads_in_both_languages(self, kept: SimpleNamespace, language: str) -> None:
        new = succeed(kept)
        client = signed_in(new, "mfa")
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        text = client.get("/handover/", follow=True).content.decode().replace("\u00a0", " ")
        word = {"ru": "Постоянное согласие", "en": "Standing consent"}[language]
        for said in (word, "Сменная обувь", "По средам автобус", "Соседи"):
            assert said in text
        assert re.search("[а-яё]", text) is not None

    @pytest.mark.parametrize("language", ["ru", "en"])
    def test_is_announced_in_whole_letters(self, kept: SimpleNamespace, language: str) -> None:
        succeed(kept)
        begin_due(NOON)
        found = letter(Notice.objects.get(kind="handover_begin"), language)
        assert kept.house.organisation.short_name in found.subject
        assert "6" in found.text


class TestAnAnswer:
    def test_confirms_one_item_by_whom_and_when(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        handover = handed(kept)
        first = handover.items.all()[0]
        by = acting(new)
        HandoverFlow.confirm(handover, by=by, at=NOON, key="k", items=[str(first.pk)], reason="")
        first.refresh_from_db()
        assert (first.answer, first.answered_by, first.answered_at) == ("confirmed", new, NOON)
        assert pack(handed(kept), NOON).answered == 1

    def test_to_alter_is_a_wish_that_changes_nothing_by_itself(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        handover = handed(kept)
        item = handover.items.get(kind=ItemKind.AGREEMENT)
        why = "Хотим реже: раз в две недели"
        by = acting(new)
        HandoverFlow.alter(handover, by=by, at=NOON, key="k", items=[str(item.pk)], reason=why)
        item.refresh_from_db()
        assert (item.answer, item.reason) == ("altered", why)
        assert Agreement.objects.in_force(TODAY).filter(pk=kept.deal.pk).exists()
        said = [s for one in pack(handed(kept), NOON).sections for s in one.items]
        (wish,) = [one for one in said if one.item.pk == item.pk]
        assert wish.step == f"/cases/{kept.deal.case.ref}/end/"

    def test_is_given_once(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        handover = handed(kept)
        items = [str(handover.items.all()[0].pk)]
        by = acting(new)
        HandoverFlow.confirm(handover, by=by, at=NOON, key="k", items=items, reason="")
        with pytest.raises(Refused) as refusal:
            HandoverFlow.alter(handover, by=by, at=NOON, key="l", items=items, reason="Нет")
        assert codes(refusal) == ["answered"]

    def test_is_not_taken_for_an_item_of_another_pack(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        with pytest.raises(Refused) as refusal:
            HandoverFlow.confirm(
                handed(kept), by=acting(new), at=NOON, key="k", items=["999999"], reason=""
            )
        assert codes(refusal) == ["answered"]

    def test_is_the_director_s_alone(self, kept: SimpleNamespace) -> None:
        succeed(kept)
        begin_due(NOON)
        for person, role in ((kept.desk, "desk"), (kept.director, ""), (kept.registrar, "")):
            with pytest.raises(Refused) as refusal:
                HandoverFlow.complete(
                    handed(kept), by=make.acting(person, TODAY, role), at=NOON, key="k"
                )
            assert codes(refusal) == ["not_yours"]

    def test_to_everything_comes_before_accepting(self, kept: SimpleNamespace) -> None:
        new = succeed(kept)
        begin_due(NOON)
        with pytest.raises(Refused) as refusal:
            HandoverFlow.complete(handed(kept), by=acting(new), at=NOON, key="k")
        assert codes(refusal) == ["pending"]
        answer_all(handed(kept), new)
        HandoverFlow.complete(handed(kept), by=acting(new), at=NOON, key="l")
        assert handed(kept).case.state == "accepted"
        assert Notice.objects.filter(kind="handover_complete").count() == 1


class TestSilence:
    def test_is_told_to_the_department_exactly_once_and_takes_nothing_away(
        self, kept: SimpleNamespace
    ) -> None:
        succeed(kept)
        begin_due(NOON)
        with time_machine.travel(LATER, tick=False):
            for _ in range(5):
                sweep(LATER)
        heard = Notice.objects.filter(kind="handover_escalate", person=kept.registrar)
        assert heard.count() == 1
        handover = handed(kept)
        assert (handover.case.state, handover.items.count()) == ("open", 6)
        assert Agreement.objects.in_force(LATER.date()).filter(pk=kept.deal.pk).exists()

    def test_puts_it_into_the_department_s_queue(self, kept: SimpleNamespace) -> None:
        succeed(kept)
        begin_due(NOON)
        with time_machine.travel(LATER, tick=False):
            page = signed_in(kept.registrar, "mfa").get("/late/?kind=handover").context["page"]
        assert [row.term.case.ref for row in page.rows] == [handed(kept).case.ref]

    def test_ends_after_twenty_working_days(self, kept: SimpleNamespace) -> None:
        succeed(kept)
        begin_due(NOON)
        term = Term.objects.get(case=handed(kept).case)
        assert (term.name, term.days, term.unit) == ("confirm", 20, "wd")

    def test_of_one_director_passes_on_to_the_next(self, kept: SimpleNamespace) -> None:
        second = succeed(kept)
        begin_due(NOON)
        first_pack = handed(kept)
        held = second.memberships.get(organisation=kept.house.organisation)
        memberships.end(held, on=TODAY + DAY)
        make.member(kept.house.organisation, Role.DIRECTOR, on=TODAY + DAY)
        assert begin_due(NOON + DAY) == 1
        first_pack.case.refresh_from_db()
        assert first_pack.case.state == "replaced"
        assert handed(kept).from_person == second
        assert handed(kept).items.count() == 6
