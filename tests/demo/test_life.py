"""The life of the demonstration keeps its promises, on whatever day and hour it starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q

from accounts.memberships import differences
from casework import ripple, trail
from casework.engine import offers
from casework.lateness import still
from casework.models import Case, Decision, Entry, Notice, Term
from casework.parameters import rules_on
from casework.process import Ask, Flow
from casework.sweep import sweep
from demo.cast import DEPARTMENT, LINDEN, PLAYERS, SATURDAYS, shown
from demo.clock import turn
from demo.life import live
from demo.stage import Stage
from institutions.flows import AgreementFlow, GuestModeFlow
from institutions.models import Agreement, Door, Handover, Level, Slot
from institutions.services.modes import draft_closure
from oversight.queries.lateness import late_terms
from registry.models import Application, ImportRow, Institution
from tests.volunteers.making import cleared_tier
from visits.flows import VisitFlow
from visits.models import Concern, Hours, Visit
from visits.plans import COUNTED
from visits.queries.desk import desk
from visits.queries.gate import board
from visits.services.gate import objections
from visits.services.reminders import remind
from volunteers.models import Outcome
from volunteers.queries.recording import to_record, waiting_for_the_second
from volunteers.services.warnings import warn_expiring

ZONE = "Europe/Moscow"
MOSCOW = ZoneInfo(ZONE)
MORNING = datetime(2026, 11, 25, 9, 40, tzinfo=MOSCOW)
NIGHT = datetime(2027, 1, 9, 23, 52, tzinfo=MOSCOW)
DAY = timedelta(days=1)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(MORNING, id="a working morning"),
        pytest.param(
            NIGHT, id="a Saturday night of the New Year holidays", marks=pytest.mark.drill
        ),
    ],
)
def life(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Stage]:
    """A week of visits and all that stands around it, lived as the application's role."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local role open_doors_app")
        stage = live(request.param, weeks=1)
        turn(stage.days.now)
        yield stage
        transaction.set_rollback(True)


@contextmanager
def tried() -> Iterator[None]:
    """What is done inside is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def visits(state: str, ref: str, **only: Any) -> Any:
    return Visit.objects.filter(
        case__state=state, institution__organisation__ref=ref, **only
    ).select_related("case")


def test_everything_was_done_in_order_and_nothing_in_the_future(life: Stage) -> None:
    now = life.days.now
    assert not Decision.objects.filter(Q(at__gt=now) | Q(recorded_at__gt=F("at") + DAY)).exists()
    at: dict[int, datetime] = {}
    for chain, entry in Entry.objects.order_by("chain", "seq").values_list("chain", "at"):
        assert entry >= at.get(chain, entry)
        at[chain] = entry
    assert trail.verify()[1] is None
    assert list(differences(life.days.today)) == []
    assert life.refused == []


def test_nobody_is_overfull_and_every_place_is_somebodys(life: Stage) -> None:
    here = Q(visits__participations__coming=True, visits__case__state__in=COUNTED)
    taken = Slot.objects.annotate(people=Count("visits__participations", filter=here))
    offered = Visit.objects.filter(case__state="offered")
    held = dict(offered.values_list("offered_slot", Count("participations")))
    assert [s.pk for s in taken if s.used != s.people + held.get(s.pk, 0)] == []


def test_the_register_came_from_a_file_and_shows_its_origin(life: Stage) -> None:
    imported = Institution.objects.filter(organisation__ref__startswith="inst-")
    origins = ImportRow.objects.filter(outcome="created").values("organisation")
    assert imported.count() > 150
    assert not imported.exclude(pk__in=origins).exists()


def test_all_four_doors_stand_on_the_map_and_every_okrug_lives(life: Stage) -> None:
    doors = Door.objects.standing(life.days.today)
    assert set(doors.values_list("level", flat=True)) == set(Level.values)
    assert doors.values("site__district__okrug").distinct().count() == 12
    shut = doors.filter(level=Level.SHUT)
    assert shut.count() == 5
    assert not shut.filter(Q(mode__act_number="") | Q(mode__through_on=None)).exists()


def test_the_cast_is_there_and_has_no_password(life: Stage) -> None:
    assert [row["key"] for row in shown()] == [player.key for player in PLAYERS]
    people = [life.person(player.key) for player in PLAYERS]
    assert [one.email for one in people if one.has_usable_password()] == []


def test_maria_is_cleared_to_the_third_tier_and_the_worker_reminds_her(life: Stage) -> None:
    maria, now = life.person("maria"), life.days.now
    linden = life.institution(LINDEN).pk
    assert cleared_tier([maria.pk], linden, life.days.today) == {maria.pk: "V3"}
    soon = (now, now + DAY)
    waiting = visits("approved", LINDEN, reminded_at=None, during__startswith__range=soon)
    assert waiting.filter(participations__volunteer=maria).count() == 1
    with tried():
        remind(now)
        assert Notice.objects.filter(kind="visit_reminder", person=maria, at=now).count() == 1


def test_sofia_has_only_agreed_to_her_data_being_kept(life: Stage) -> None:
    known = Outcome.objects.filter(volunteer=life.person("sofia"))
    assert list(known.values_list("requirement__code", flat=True)) == ["consent"]


def test_a_clearance_ends_soon_and_the_worker_warns_of_it(life: Stage) -> None:
    with tried():
        warn_expiring(life.days.now)
        told = Notice.objects.filter(kind="clearance_expiring", at=life.days.now)
        ends = {str(life.days.on(20))}
        assert told.filter(person=life.person("vol2"), values__valid_through__in=ends).exists()
        ngo = Notice.objects.filter(kind="clearance_expiring_ngo", at=life.days.now)
        assert ngo.filter(person=life.person("daria")).count() == 1


def test_one_request_has_just_become_late_and_the_worker_tells_the_department(life: Stage) -> None:
    now = life.days.now
    late = Term.objects.filter(
        name="answer", due_at__lte=now, stopped_at=None, escalated_at=None, case__kind="visit"
    )
    case = Case.objects.get(terms__in=late)
    assert case.owner.ref == LINDEN
    with tried():
        sweep(now)
        assert case.decisions.filter(step="escalate", at=now).count() == 1
        told = Notice.objects.filter(case=case, kind="visit_escalate", person=life.person("lev"))
        assert told.count() == 1


def test_the_desk_has_requests_in_time_and_the_director_those_of_high_risk(life: Stage) -> None:
    oksana = desk(life.acting("oksana", LINDEN), life.days.now)
    assert [row.is_late for row in oksana.to_decide][:2] == [True, False]
    irina = desk(life.acting("irina", LINDEN), life.days.now)
    assert [row.is_high for row in irina.to_decide][:3] == [True, True, False]
    codes = {row.visit.type_version.type.code for row in irina.to_decide if row.is_high}
    assert codes == {"T07", "T08"}


@pytest.mark.parametrize("key", ["irina", "oksana"])
def test_requests_can_be_approved(life: Stage, key: str) -> None:
    acting, now = life.acting(key, LINDEN), life.days.now
    for row in desk(acting, now).to_decide:
        with tried():
            supervisor = str(life.person("oksana").pk)
            how = {"by": acting, "at": now, "key": "trial", "supervisor": supervisor}
            assert VisitFlow.approve(row.visit, **how).after == "approved"


def test_another_time_is_offered_and_can_be_taken(life: Stage) -> None:
    visit = visits("offered", LINDEN, ngo__organisation__ref=SATURDAYS).get()
    with tried():
        by = life.acting("daria")
        assert VisitFlow.accept(visit, by=by, at=life.days.now, key="trial").after == "approved"


def test_somebody_is_inside_and_somebody_can_be_let_in(life: Stage) -> None:
    now = life.days.now
    today = board(life.site(LINDEN), ZONE, now)
    assert len(today.here) == 2
    assert [objections(one.part, now) for one in today.expected] == [[]]
    to_come = visits("approved", LINDEN, during__startswith__gt=now)
    others = to_come.filter(ngo__organisation__ref="step-outside")
    assert others.filter(during__startswith__lt=now + DAY).count() == 1


def test_hours_wait_to_be_confirmed_and_others_were(life: Stage) -> None:
    assert Hours.objects.count() > 10
    waiting = visits("done", LINDEN, ngo__organisation__ref=SATURDAYS)
    assert waiting.count() == 2
    for visit in waiting:
        with tried():
            VisitFlow.close(visit, by=life.acting("daria"), at=life.days.now, key="trial")
            assert Hours.objects.filter(participation__visit=visit).exists()


def test_a_closure_would_touch_what_is_booked(life: Stage) -> None:
    by, now = life.acting("irina", LINDEN), life.days.now
    days = {"from_on": life.days.today, "through_on": life.days.on(6), "act_on": life.days.today}
    with tried():
        mode = draft_closure(
            site=life.site(LINDEN), act_number="1", reason="Карантин", by=by, at=now, **days
        )
        asked = Ask(mode, by, now, rules_on(life.days.today))
        assert len(ripple.touched_by(GuestModeFlow.close.ripple, asked)) >= 3


def test_applications_wait_for_each_registrar(life: Stage) -> None:
    now = life.days.now
    open_to = {}
    for key in ("olga", "andrei"):
        found = Application.objects.filter(case__state__in=("submitted", "review"))
        for one in found.select_related("case", "ngo__organisation"):
            steps = {step.name for step, why in offers(one, life.acting(key), now) if not why}
            open_to[key, one.ngo.organisation.ref] = steps
    assert "complete" in open_to["olga", "porch-theatre"]
    assert "register" in open_to["andrei", "paw"]
    assert "register" not in open_to["olga", "paw"]
    states = Application.objects.values_list("ngo__organisation__ref", "case__state")
    assert dict(states)["bright-page"] == "returned"


def test_an_appeal_waits_for_the_commission_and_a_change_for_a_registrar(life: Stage) -> None:
    waits = {"appeal": ("vera", "overturn"), "ngo_change": ("olga", "accept")}
    for kind, (key, step) in waits.items():
        case = Case.objects.get(kind=kind, state="filed")
        detail = Flow.by_kind[kind].model._default_manager.get(pk=case.pk)
        found = offers(detail, life.acting(key), life.days.now)
        assert step in {one.name for one, why in found if not why}


def test_the_department_sees_what_is_late_and_what_was_told(life: Stage) -> None:
    late = late_terms(life.acting("vera", DEPARTMENT), life.days.now)
    kinds = set(late.values_list("case__kind", "name"))
    assert kinds == {
        ("concern", "answer"),
        ("outcome", "second"),
        ("proposal", "decision"),
        ("registration", "check"),
        ("visit", "answer"),
    }
    paused = Term.objects.filter(still()).values_list("case__kind", "name")
    assert list(paused) == [("proposal", "agreement")]
    assert Concern.objects.filter(case__state="told").count() == 2
    assert Concern.objects.filter(case__state="answered").count() == 3


def test_each_checker_confirms_what_the_other_recorded_and_has_somebody_to_record(
    life: Stage,
) -> None:
    tones = {
        key: [one.standing.tone for one in found if not one.own]
        for key in ("elena", "roman")
        if (found := waiting_for_the_second(life.acting(key), life.days.now))
    }
    assert [len(found) for found in tones.values()] == [1, 2]
    assert tones["roman"][0] == "late"
    assert "late" not in tones["roman"][1:] + tones["elena"]
    assert to_record(life.days.today).count() >= 3


def test_a_new_director_has_a_pack_to_take_over(life: Stage) -> None:
    handover = Handover.objects.get(to_person=life.person("galina"), case__state="open")
    assert set(handover.items.values_list("answer", flat=True)) == {"pending"}


@pytest.mark.parametrize("key", ["pavel", "mark"])
def test_an_agreement_waits_for_a_signature(life: Stage, key: str) -> None:
    by = life.acting(key)
    offered = Agreement.objects.filter(ngo=by.organisation.pk, case__state="offered").get()  # type: ignore[union-attr]
    with tried():
        decided = AgreementFlow.sign(offered, by=by, at=life.days.now, key="trial")
        assert decided.after == "active"


def test_months_hold_every_ending(life: Stage) -> None:
    states = set(Case.objects.filter(kind="visit").values_list("state", flat=True))
    assert {"approved", "closed", "done", "offered", "requested"} <= states
    assert Case.objects.filter(kind="suspension", state="lifted").count() == 1
    assert Case.objects.filter(kind="guest_mode", state="ended").count() == 1
