"""An NGO appeals: in time, once, decided by other eyes, and what follows when it is right."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Case, Decision, Term
from casework.process import Refused
from casework.sweep import sweep
from registry import appealing, applying
from registry.flows import AppealFlow as Flow
from registry.flows import RegistrationFlow
from registry.models import Appeal
from registry.queries.appeals import contested
from registry.queries.rights import rights_of
from tests import factories as make
from tests.registry.appeals import WHY, decision, filed, state
from tests.registry.applicants import (
    NOW,
    Applicant,
    applicant,
    browser,
    codes,
    in_review,
    kinds,
)
from tests.registry.world import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RAW = """
insert into casework_decision (case_id, step, before, after, actor_id, at, recorded_at,
    rulebook_id, code, reason, told, key, asked, decides, settles)
values (%s, 'uphold', 'filed', 'upheld', %s, now(), now(), 1, '', '', 0, 'raw', '', true, true)
"""


def refused_at(at: datetime, by: tuple[Acting, Acting]) -> Applicant:
    made = applicant("Давние", 7, at)
    made.submit(at, key="s7")
    RegistrationFlow.complete(made.application, by=by[0], at=at, key="c7")
    RegistrationFlow.refuse(made.application, by=by[1], at=at, key="r7", reason="Мало опыта")
    made.state()
    return made


# Filing.


def test_an_appeal_is_heard_of_by_the_commission_and_has_fifteen_working_days(
    refused: Applicant, vera: Acting
) -> None:
    appeal = filed(refused)
    assert (state(appeal.case), kinds()[-1]) == ("filed", "appeal_file")
    term = Term.objects.get(case=appeal.case)
    assert (term.name, term.days, term.unit) == ("answer", 15, "wd")


def test_thirty_days_end_with_the_last_of_them_and_a_late_appeal_hears_which_it_was(
    one: Acting, two: Acting, vera: Acting
) -> None:
    ngo = refused_at(datetime(2026, 9, 1, 9, tzinfo=NOW.tzinfo), (one, two))
    found = contested(ngo.application.case)
    assert found is not None
    last = found.last_on
    assert last == date(2026, 10, 1)
    late = datetime(2026, 10, 2, 9, tzinfo=NOW.tzinfo)
    with pytest.raises(Refused) as refusal:
        filed(ngo, late)
    assert codes(refusal) == ["late"]
    assert "1 октября 2026" in str(refusal.value)
    assert not Appeal.objects.exists()
    assert rights_of(ngo.ngo.pk, last + DAY).appealable == []
    assert [one.last_on for one in rights_of(ngo.ngo.pk, last).appealable] == [last]
    assert filed(ngo, late - DAY).pk


def test_the_same_form_twice_is_one_appeal_and_a_second_one_is_refused(
    refused: Applicant, vera: Acting
) -> None:
    assert filed(refused).pk == filed(refused).pk
    with pytest.raises(Refused) as refusal:
        filed(refused, NOW + DAY)
    assert codes(refusal) == ["once"]
    assert Appeal.objects.count() == 1


def test_the_database_keeps_one_appeal_of_a_case(refused: Applicant, vera: Acting) -> None:
    appeal = filed(refused)
    other = Case.objects.create(
        kind="appeal", letter="L", state="draft", owner=appeal.case.owner, opened_at=NOW
    )
    copied = {"ngo": refused.ngo, "against": appeal.against, "what": appeal.what}
    with pytest.raises(IntegrityError, match="one_appeal_of_a_case"), transaction.atomic():
        Appeal.objects.create(case=other, grounds=WHY, **copied)


def test_what_was_withdrawn_may_be_filed_again_in_time(refused: Applicant, vera: Acting) -> None:
    appeal = filed(refused)
    Flow.withdraw(appeal, by=refused.head, at=NOW, key="w")
    again = filed(refused, NOW + DAY)
    assert (state(appeal.case), state(again.case)) == ("withdrawn", "filed")


def test_a_case_that_is_not_decided_or_not_ours_is_not_appealed(
    ngo: Applicant, one: Acting
) -> None:
    in_review(ngo, one)
    with pytest.raises(Refused) as refusal:
        filed(ngo)
    assert codes(refusal) == ["nothing"]
    other = applicant("Другие", 2)
    with pytest.raises(Refused) as refusal:
        appealing.file(ngo.application.case, WHY, by=other.head, at=NOW, key="f")
    assert codes(refusal) == ["not_yours"]


def test_an_ngo_does_not_appeal_and_apply_anew_at_once(refused: Applicant, vera: Acting) -> None:
    again = applying.begin(refused.ngo, by=refused.head.user, at=NOW)  # type: ignore[arg-type]
    filed(refused)
    with pytest.raises(Refused) as refusal:
        RegistrationFlow.submit(again, by=refused.head, at=NOW, key="s2")
    assert codes(refusal) == ["appealed"]


def test_an_application_under_way_stands_in_the_way_of_an_appeal(
    refused: Applicant, vera: Acting
) -> None:
    again = applying.begin(refused.ngo, by=refused.head.user, at=NOW)  # type: ignore[arg-type]
    RegistrationFlow.submit(again, by=refused.head, at=NOW, key="s2")
    with pytest.raises(Refused) as refusal:
        filed(refused)
    assert codes(refusal) == ["anew"]


# Other eyes.


def test_whoever_took_a_step_in_the_case_does_not_decide_the_appeal(
    refused: Applicant, two: Acting
) -> None:
    appeal = filed(refused)
    make.member(make.department(), Role.COMMISSIONER, who=two.user)  # type: ignore[arg-type]
    both = make.acting(two.user, role=Role.COMMISSIONER)  # type: ignore[arg-type]
    for step in (Flow.uphold, Flow.overturn):
        with pytest.raises(Refused) as refusal:
            step(appeal, by=both, at=NOW, key="d", reason="Нет")
        assert codes(refusal) == ["other_eyes"]
    assert state(appeal.case) == "filed"


def test_the_database_refuses_them_whatever_the_code_says(
    refused: Applicant, one: Acting, vera: Acting
) -> None:
    appeal = filed(refused)
    with pytest.raises(IntegrityError, match="does not decide the appeal"), transaction.atomic():
        Decision.objects.create(**decision(appeal.case, one.user))
    raised = pytest.raises(IntegrityError, match="does not decide the appeal")
    with raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW, [appeal.case_id, one.user.pk])
    assert Decision.objects.create(**decision(appeal.case, vera.user)).pk


def test_the_head_does_not_decide_and_a_registrar_may_not(refused: Applicant, one: Acting) -> None:
    appeal = filed(refused)
    for who in (refused.head, one):
        with pytest.raises(Refused) as refusal:
            Flow.uphold(appeal, by=who, at=NOW, key="d", reason="Нет")
        assert codes(refusal) == ["not_yours"]


def test_silence_is_told_once_and_decides_nothing(one: Acting, two: Acting, vera: Acting) -> None:
    early = NOW - 40 * DAY
    appeal = filed(refused_at(early, (one, two)), early)
    due = Term.objects.get(case=appeal.case).due_at
    assert [sweep(due), sweep(due), sweep(NOW)] == [1, 0, 0]
    assert (state(appeal.case), kinds()[-1]) == ("filed", "appeal_escalate")


# What follows.


# The pages.


def test_the_head_appeals_from_the_ngos_page_and_the_commission_finds_it_in_its_queue(
    refused: Applicant, vera: Acting, one: Acting, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    case, mine = refused.application.case, browser(refused.head)
    address = f"/application/appeal/{case.ref}/"
    page = words(mine.get("/application/"))
    assert address in page
    assert "по 2 декабря 2026" in page
    assert "Последний день для жалобы" in words(mine.get(address))
    for nonsense in ("", "\x00", "я" * 5000):
        assert mine.post(address, {"grounds": nonsense, "key": "k"}).status_code == 200
    sent = mine.post(address, {"grounds": WHY, "key": "k"})
    appeal = Appeal.objects.get()
    assert sent["Location"] == f"/cases/{appeal.case.ref}/"
    assert "application/begin" not in words(mine.get("/application/"))
    assert "уже подана" in words(mine.get(address))
    found = {}
    for who in (vera, one):
        (row,) = browser(who).get("/registrations/").context["rows"]
        found[who.user.pk] = str(row.why_not)
    assert found == {vera.user.pk: "", one.user.pk: "Решает: апелляционная комиссия."}
    shown = words(browser(vera).get(f"/cases/{appeal.case.ref}/"))
    assert f'<a href="/cases/{case.ref}/">{case.ref}</a>' in shown


def test_another_ngos_case_cannot_be_appealed_or_seen(refused: Applicant) -> None:
    other = applicant("Другие", 2)
    address = f"/application/appeal/{refused.application.case.ref}/"
    assert browser(other.head).get(address).status_code == 404
    assert browser(other.head).post(address, {"grounds": WHY, "key": "k"}).status_code == 404
    assert not Appeal.objects.exists()


def test_the_page_of_the_case_leads_the_head_to_the_appeal(
    refused: Applicant, vera: Acting, one: Acting, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    case = refused.application.case
    page, address = f"/cases/{case.ref}/", f"/application/appeal/{case.ref}/"
    before = words(browser(refused.head).get(page))
    assert f'href="{address}"' in before
    assert "Подать жалобу можно по 2 декабря 2026 включительно." in before
    assert "от вас ничего не требуется" not in before
    for other in (vera, one):
        assert address not in words(browser(other).get(page))
    appeal = filed(refused)
    after = words(browser(refused.head).get(page))
    assert (address in after, f'href="/cases/{appeal.case.ref}/"' in after) == (False, True)
    time_machine.move_to(NOW + 40 * DAY, tick=False)
    Flow.withdraw(appeal, by=refused.head, at=NOW + DAY, key="w")
    assert address not in words(browser(refused.head).get(page))
