"""What follows when an appeal is decided: a refusal stands, or what was wrong is mended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Case, Decision, Paper, Term
from casework.process import Refused
from registry import appealing, applying, suspending
from registry.flows import AppealFlow as Flow
from registry.flows import RegistrationFlow, SuspensionFlow
from registry.models import Application, Bar, Registration
from registry.queries.bars import barring
from registry.suspending import Scope
from tests import factories as make
from tests.registry import world
from tests.registry.appeals import WHY, decision, filed, overturn, state
from tests.registry.applicants import (
    NOW,
    ON,
    Applicant,
    codes,
    commissioner,
    key,
    kinds,
    registered,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_upheld_refusal_stays(refused: Applicant, vera: Acting) -> None:
    appeal = filed(refused)
    Flow.uphold(appeal, by=vera, at=NOW, key="d", reason="Опыта нет")
    assert (state(appeal.case), refused.state()) == ("upheld", "refused")
    assert kinds()[-1] == "appeal_uphold"
    assert Application.objects.count() == 1


@pytest.mark.parametrize("overturned", [False, True])
def test_the_decision_on_an_appeal_has_its_paper(
    refused: Applicant, vera: Acting, overturned: bool
) -> None:
    appeal = filed(refused)
    step = Flow.overturn if overturned else Flow.uphold
    step(appeal, by=vera, at=NOW + DAY, key="d", reason="Опыт описан")
    paper = Paper.objects.get(case=appeal.case)
    said = ("overturned", "what", "against", "grounds", "reason", "filed_on", "decided_on")
    assert (paper.kind, paper.organisation.kind) == ("decision_appeal", "department")
    assert [paper.values[name] for name in said] == [
        overturned,
        "отказ в регистрации",
        refused.application.case.ref,
        WHY,
        "Опыт описан",
        ON.isoformat(),
        ON.isoformat(),
    ]
    follows = "Заявление заново рассмотрит другой регистратор." if overturned else ""
    assert paper.values["follows"] == follows
    assert paper.values["name"] == str(vera.user)


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
