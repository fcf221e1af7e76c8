"""Taking a step: everything happens, or nothing does. Told on the registration of an NGO."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from accounts.hats import Acting
from accounts.roles import Role
from casework.engine import open_case
from casework.models import Decision, Delivery, Entry, Notice, Term
from casework.process import Refused
from casework.sweep import sweep
from registry.flows import RegistrationFlow
from registry.models import Application, Kind, Ngo, Type, Wanted
from tests import factories as make
from tests import uploads

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    """A draft that says everything, of an NGO whose numbers are right."""
    organisation = make.organisation("ngo", "Шаг за ворота")
    organisation.ogrn, organisation.inn = "1157799090020", "7799900020"
    organisation.save()
    ngo = Ngo.objects.create(organisation=organisation)
    head = make.member(organisation, Role.HEAD)
    case = open_case(RegistrationFlow, owner=make.department(), asker=organisation, at=NOW, by=head)
    application = Application.objects.create(
        case=case, ngo=ngo, experience="Пять лет", safeguarding="Правила", preparation="Курс"
    )
    Wanted.objects.create(
        application=application, type=Type.objects.get(code="T01"), kind=Kind.objects.get(code="C")
    )
    uploads.hand_in(application, head, NOW)
    return application


@pytest.fixture
def head(application: Application) -> Acting:
    return make.acting(application.case.opened_by)  # type: ignore[arg-type]


@pytest.fixture
def registrar() -> Acting:
    return make.acting(make.registrar())


def test_a_step_writes_state_decision_trail_and_notices_together(
    application: Application, head: Acting, registrar: Acting
) -> None:
    decision = RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    application.case.refresh_from_db()
    assert application.case.state == "submitted"
    assert (decision.before, decision.after, decision.actor) == ("draft", "submitted", head.user)
    assert decision.membership == head.membership
    assert decision.rulebook_id == 1
    assert Entry.objects.filter(action="registration.submit").count() == 1
    assert Notice.objects.get().person == registrar.user
    assert Delivery.objects.get().state == "queued"


def test_the_same_form_twice_is_one_step(application: Application, head: Acting) -> None:
    first = RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    again = RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    assert first == again
    assert Decision.objects.count() == 1


def test_a_used_form_with_other_answers_is_refused(
    application: Application, head: Acting, registrar: Acting
) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    RegistrationFlow.return_(
        application, by=registrar, at=NOW, key="k2", defects=["D1"], reason="Номер"
    )
    with pytest.raises(Refused) as refused:
        RegistrationFlow.return_(
            application, by=registrar, at=NOW, key="k2", defects=["D2"], reason="Номер"
        )
    assert [one.code for one in refused.value.objections] == ["used"]


def test_what_was_seen_must_still_be_true(
    application: Application, head: Acting, registrar: Acting
) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    with pytest.raises(Refused) as refused:
        RegistrationFlow.complete(application, by=registrar, at=NOW, key="k2", seen=0)
    assert [one.code for one in refused.value.objections] == ["changed"]


def test_a_step_belongs_to_its_party(application: Application, head: Acting) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    with pytest.raises(Refused) as refused:
        RegistrationFlow.complete(application, by=head, at=NOW, key="k2")
    assert [one.code for one in refused.value.objections] == ["not_yours"]


def test_a_registrar_who_belongs_to_the_asking_side_does_not_decide(
    application: Application, head: Acting, registrar: Acting
) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    make.member(application.ngo.organisation, Role.VOLUNTEER, who=registrar.user)  # type: ignore[arg-type]
    both = make.acting(registrar.user, role=Role.REGISTRAR)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        RegistrationFlow.complete(application, by=both, at=NOW, key="k2")
    assert [one.code for one in refused.value.objections] == ["own_case"]


def test_all_objections_come_at_once_and_nothing_is_written(
    application: Application, head: Acting
) -> None:
    application.experience = application.safeguarding = ""
    application.save()
    with pytest.raises(Refused) as refused:
        RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    assert [one.code for one in refused.value.objections] == ["experience", "safeguarding"]
    application.case.refresh_from_db()
    assert application.case.state == "draft"
    assert not Decision.objects.exists()
    assert not Entry.objects.filter(action="registration.submit").exists()


def test_silence_is_escalated_once_per_term(
    application: Application, head: Acting, registrar: Acting
) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    term = Term.objects.get()
    assert (term.days, term.unit, term.due_at > NOW) == (5, "wd", True)
    assert sweep(term.due_at - timedelta(seconds=1)) == 0
    assert sweep(term.due_at) == 1
    assert sweep(term.due_at + timedelta(days=3)) == 0
    application.case.refresh_from_db()
    assert application.case.state == "submitted"
    assert Decision.objects.filter(step="escalate_check", actor=None).count() == 1


def test_a_term_stops_with_its_stage(
    application: Application, head: Acting, registrar: Acting
) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    RegistrationFlow.complete(application, by=registrar, at=NOW, key="k2")
    assert dict(Term.objects.values_list("name", "stopped_at")) == {"check": NOW, "review": None}


def test_the_database_refuses_a_decision_on_ones_own_case(
    application: Application, head: Acting
) -> None:
    decision = RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    decision.pk, decision.key, decision.decides = None, "other", True
    with pytest.raises(IntegrityError, match="nobody_decides_on_their_own_case"):
        decision.save()


def test_the_database_refuses_a_second_final_decision(
    application: Application, head: Acting
) -> None:
    decision = RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    decision.settles = True
    decision.pk, decision.key = None, "one"
    decision.save()
    decision.pk, decision.key = None, "two"
    with pytest.raises(IntegrityError, match="one_final_decision"):
        decision.save()


def test_nobody_dates_a_decision_into_the_future(application: Application, head: Acting) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with pytest.raises(IntegrityError, match="decision_not_in_the_future"):
        RegistrationFlow.submit(application, by=head, at=tomorrow, key="k1")


@pytest.mark.parametrize(
    "change",
    [
        "update casework_decision set code = 'X'",
        "update casework_decision set at = at - interval '1 day'",
        "delete from casework_decision",
        "set constraints all immediate; truncate casework_decision cascade",
    ],
)
def test_a_decision_is_never_changed(application: Application, head: Acting, change: str) -> None:
    RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)


def test_only_its_free_text_may_be_erased_and_the_day_is_kept(
    application: Application, head: Acting
) -> None:
    decision = RegistrationFlow.submit(application, by=head, at=NOW, key="k1")
    Decision.objects.filter(pk=decision.pk).update(reason="", erased_at=NOW)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reason="", erased_at=None)
