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
from registry import appealing, applying, suspending
from registry.flows import AppealFlow as Flow
from registry.flows import RegistrationFlow, SuspensionFlow
from registry.models import Appeal, Application, Bar, Registration
from registry.queries.appeals import contested
from registry.queries.bars import barring
from registry.queries.rights import rights_of
from registry.suspending import Scope
from tests import factories as make
from tests.registry import world
from tests.registry.applicants import (
    NOW,
    ON,
    Applicant,
    applicant,
    browser,
    codes,
    commissioner,
    in_review,
    key,
    kinds,
    registered,
)
from tests.registry.world import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Опыт описан на второй странице"
RAW = """
insert into casework_decision (case_id, step, before, after, actor_id, at, recorded_at,
    rulebook_id, code, reason, told, key, asked, decides, settles)
values (%s, 'uphold', 'filed', 'upheld', %s, now(), now(), 1, '', '', 0, 'raw', '', true, true)
"""


@pytest.fixture
def vera(one: Acting) -> Acting:
    return commissioner()


@pytest.fixture
def refused(ngo: Applicant, one: Acting, two: Acting) -> Applicant:
    """Checked by one registrar, refused by the other."""
    in_review(ngo, one)
    RegistrationFlow.refuse(ngo.application, by=two, at=NOW, key="no", reason="Мало опыта")
    ngo.state()
    return ngo


def refused_at(at: datetime, by: tuple[Acting, Acting]) -> Applicant:
    made = applicant("Давние", 7, at)
    made.submit(at, key="s7")
    RegistrationFlow.complete(made.application, by=by[0], at=at, key="c7")
    RegistrationFlow.refuse(made.application, by=by[1], at=at, key="r7", reason="Мало опыта")
    made.state()
    return made


def filed(ngo: Applicant, at: datetime = NOW, against: Case | None = None) -> Appeal:
    case = against or ngo.application.case
    return appealing.file(case, WHY, by=ngo.head, at=at, key=f"f{case.pk}-{at.isoformat()}")


def overturn(appeal: Appeal, by: Acting, at: datetime = NOW) -> None:
    Flow.overturn(appeal, by=by, at=at, key=f"o{appeal.pk}", reason="Опыт описан")


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


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


def decision(case: Case, actor: Any, **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"before": "filed", "after": "upheld", "step": "uphold"}
    given |= {"at": NOW, "recorded_at": NOW, "rulebook_id": 1, "key": "raw", "asked": ""}
    return given | {"case": case, "actor": actor, "decides": True} | fields


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


def test_an_upheld_refusal_stays(refused: Applicant, vera: Acting) -> None:
    appeal = filed(refused)
    Flow.uphold(appeal, by=vera, at=NOW, key="d", reason="Опыта нет")
    assert (state(appeal.case), refused.state()) == ("upheld", "refused")
    assert kinds()[-1] == "appeal_uphold"
    assert Application.objects.count() == 1


def test_an_overturned_refusal_is_reviewed_anew_by_other_eyes(
    refused: Applicant, one: Acting, two: Acting, vera: Acting
) -> None:
    draft = applying.begin(refused.ngo, by=refused.head.user, at=NOW)  # type: ignore[arg-type]
    appeal = filed(refused)
    overturn(appeal, vera, NOW + DAY)
    anew = Application.objects.get(appeal=appeal)
    assert (refused.state(), state(draft.case)) == ("refused", "withdrawn")
    assert state(anew.case) == "review"
    assert applying.said(anew) == applying.said(refused.application)
    assert anew.documents.count() == refused.application.documents.count()
    term = Term.objects.get(case=anew.case, stopped_at=None)
    assert (term.name, term.started_at) == ("review", NOW + DAY)
    granted = [key("T01", "C")]
    with pytest.raises(Refused) as refusal:
        RegistrationFlow.register(anew, by=two, at=NOW + DAY, key="d", granted=granted)
    assert codes(refusal) == ["refused_it"]
    raw = decision(anew.case, two.user, step="register", settles=True)
    with pytest.raises(IntegrityError, match="does not decide it anew"), transaction.atomic():
        Decision.objects.create(**raw)
    RegistrationFlow.register(anew, by=one, at=NOW + DAY, key="d", granted=granted)
    assert world.covers(refused.ngo.pk, "T01", "C", ON + DAY)


def test_an_overturned_suspension_is_lifted_from_that_day(vera: Acting, one: Acting) -> None:
    made = make.ngo("Шаг за ворота")
    head = make.acting(make.member(made.organisation, Role.HEAD))
    held = suspending.draft(made, Scope(ON, ON + 9 * DAY), by=one, at=NOW)
    SuspensionFlow.suspend(held, by=one, at=NOW, key="s", reason="Решение № 31")
    against = Case.objects.get(pk=held.pk)
    appeal = appealing.file(against, WHY, by=head, at=NOW, key="f")
    overturn(appeal, vera, NOW + 2 * DAY)
    assert state(held.case) == "lifted"
    days = (ON, ON + DAY, ON + 2 * DAY)
    assert [world.covers(made.pk, "T01", "C", on) for on in days] == [False, False, True]


def test_a_suspension_lifted_meanwhile_needs_nothing_more(
    vera: Acting, one: Acting, two: Acting
) -> None:
    made = make.ngo("Шаг за ворота")
    head = make.acting(make.member(made.organisation, Role.HEAD))
    held = suspending.draft(made, Scope(ON, ON + 9 * DAY), by=one, at=NOW)
    SuspensionFlow.suspend(held, by=one, at=NOW, key="s", reason="Решение № 31")
    appeal = appealing.file(Case.objects.get(pk=held.pk), WHY, by=head, at=NOW, key="f")
    SuspensionFlow.lift(held, by=two, at=NOW + DAY, key="l", reason="Исправлено")
    overturn(appeal, vera, NOW + 2 * DAY)
    held.refresh_from_db()
    assert (state(appeal.case), held.lifted_on) == ("overturned", ON + DAY)


def test_an_overturned_exclusion_restores_the_rest_of_the_period(
    one: Acting, two: Acting, vera: Acting
) -> None:
    ngo = registered((one, two), NOW - 10 * DAY)
    by, other = vera, commissioner()
    ground = {"code": "X3", "months": 24, "reason": "Нарушения"}
    RegistrationFlow.exclude(ngo.application, by=by, at=NOW, key="x", **ground)
    ngo.state()
    appeal = filed(ngo, NOW + DAY)
    with pytest.raises(Refused) as refusal:
        overturn(appeal, by, NOW + 2 * DAY)
    assert codes(refusal) == ["other_eyes"]
    overturn(appeal, other, NOW + 2 * DAY)

    old, new = Registration.objects.order_by("pk")
    assert (old.withdrawn_on, new.number) == (ON, f"{old.number}/2")
    assert (new.during.lower, new.during.upper) == (ON + 2 * DAY, old.during.upper)
    covered = [world.covers(ngo.ngo.pk, "T07", "R", ON + n * DAY) for n in range(-1, 3)]
    assert covered == [True, False, False, True]
    assert Bar.objects.get().lifted_on == ON + 2 * DAY
    assert barring(ngo.ngo.pk, ON + 2 * DAY) is None
    restored = Application.objects.get(appeal=appeal)
    names = Term.objects.filter(case=restored.case, stopped_at=None).values_list("name", flat=True)
    assert (state(restored.case), sorted(names)) == ("registered", ["nearing", "validity"])
    assert ngo.state() == "excluded"


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
