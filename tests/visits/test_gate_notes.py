"""What the gate notes: in, out, turned away; asked again at the door, nothing of papers."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from casework.engine import open_case
from casework.models import Entry
from institutions.flows import NarrowingFlow
from institutions.models import Agreement, Door, Level, NarrowedType
from tests.visits import receiving as make
from tests.visits.at_the_gate import READY, here, html, name, post, said, state
from visits.flows import VisitFlow
from visits.models import GateEvent, Participation
from visits.queries.gate import parts_of
from visits.services import gate
from volunteers.models import Outcome, Requirement, Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_way_in_and_out(
    cast: SimpleNamespace, expected: Participation, clock: time_machine.Traveller
) -> None:
    client = here(cast)
    assert post(client, expected, "in", **READY).headers["Location"] == (
        f"/gate/?site={cast.site.pk}"
    )
    clock.move_to(make.at(12, 30))
    text = html(client)
    assert f"Let in: {expected.volunteer}." in text
    assert "since 10:45" in text
    assert "<span>1 of 1</span>" in text
    post(client, expected, "out")
    assert "here from 10:45 to 12:30" in html(client)
    assert state(expected) == "left"


@pytest.mark.parametrize("missing", ["document", "healthy"])
def test_nobody_is_let_in_without_both_questions(
    cast: SimpleNamespace, expected: Participation, missing: str
) -> None:
    typed = {field: "on" for field in READY if field != missing}
    answer = post(here(cast), expected, "in", **typed)
    assert list(answer.context["form"].errors) == [missing]
    assert state(expected) == "named"


def test_a_second_tap_changes_nothing(cast: SimpleNamespace, expected: Participation) -> None:
    client = here(cast)
    for _ in range(2):
        assert post(client, expected, "in", key="same", **READY).status_code == 302
    assert GateEvent.objects.count() == 1


def test_another_persons_key_is_not_an_answer(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    visit = make.booked(cast, make.helper(cast), make.helper(cast))
    clock.move_to(make.at(11))
    one, two = visit.participations.order_by("pk")
    client = here(cast)
    post(client, one, "in", key="same", **READY)
    answer = post(client, two, "in", key="same", **READY)
    assert answer.context["form"].non_field_errors() == [
        "This form was already sent with other answers."
    ]
    assert (state(one), state(two)) == ("here", "named")


def test_whoever_lost_their_clearance_is_not_let_in_and_no_paper_is_named(
    cast: SimpleNamespace, expected: Participation
) -> None:
    Volunteer.objects.filter(pk=expected.volunteer_id).update(born_on=date(2010, 1, 1))
    client = here(cast)
    assert said(html(client)) == [(name(expected), "Do not let in")]
    for answer in (client.get(f"/gate/{expected.pk}/in/"), post(client, expected, "in", **READY)):
        text = make.words(answer)
        assert "Not cleared for this visit today: do not let in." in text
        assert [one for one in Requirement.objects.all() if one.name in text] == []
        said_here = re.findall(r"<main.*</main>", text)[0]
        assert re.search(r"\b(18 (years|лет)|[Uu]nder 18|до 18)", said_here) is None
    assert state(expected) == "named"


def test_whoever_is_taken_off_while_inside_is_still_seen_to_leave(
    cast: SimpleNamespace, expected: Participation
) -> None:
    client = here(cast)
    post(client, expected, "in", **READY)
    visit = make.again(expected.visit)
    person = expected.volunteer_id
    VisitFlow.take_off(visit, by=None, at=make.at(11), key=make.key(), person=person)
    assert state(expected) == "here"
    assert name(expected) in html(client)
    post(client, expected, "out")
    assert state(expected) == "left"


def test_without_an_agreement_nobody_is_let_in(
    cast: SimpleNamespace, expected: Participation
) -> None:
    Agreement.objects.update(ended_on=make.TODAY)
    client = here(cast)
    assert said(html(client)) == [(name(expected), "Do not let in")]
    post(client, expected, "in", **READY)
    assert state(expected) == "named"


def spoil(what: str, part: Participation) -> None:
    """Take away one of the things that the door asks about."""
    born = {"young": date(2010, 1, 1), "unknown": None}
    if what in born:
        Volunteer.objects.filter(pk=part.volunteer_id).update(born_on=born[what])
    if what == "agreement":
        Agreement.objects.update(ended_on=make.TODAY)
    if what == "type":
        part.visit.agreement.covered.all().delete()
    if what == "register":
        part.visit.ngo.registrations.update(withdrawn_on=make.TODAY)
    if what == "closure":
        # As when the visit was booked in the instant in which the closure was published.
        Door.objects.filter(site=part.visit.slot.site).update(level=Level.SHUT)
    if what in {"excluded", "tier"}:
        _narrowed(part, **({"excluded": True} if what == "excluded" else {"tier_at_least": "V3"}))
    if what == "return":
        counting = Outcome.objects.filter(volunteer=part.volunteer_id, requirement__code="record")
        counting.update(valid_through=make.TOMORROW)


def _narrowed(part: Participation, **fields: Any) -> None:
    """As when the house asked for more in the instant in which the visit was booked."""
    visit = part.visit
    house = visit.institution
    NarrowedType.objects.create(
        case=open_case(NarrowingFlow, owner=house.organisation, by=visit.supervisor, at=make.NOON),
        institution=house,
        type=visit.type_version.type,
        from_on=make.TODAY,
        reason="Ремонт входа",
        declared_at=make.NOON,
        **fields,
    )


@pytest.mark.parametrize(
    "what",
    [
        *["nothing", "young", "unknown", "agreement", "type", "register", "closure"],
        *["excluded", "tier", "return"],
    ],
)
@pytest.mark.parametrize("code", ["T01", "T08"])
def test_the_screen_and_the_door_give_one_answer(
    cast: SimpleNamespace, clock: time_machine.Traveller, what: str, code: str
) -> None:
    part = make.booked(cast, make.helper(cast), code=code).participations.get()
    clock.move_to(make.at(11))
    spoil(what, part)
    seen = parts_of(cast.site, make.TOMORROW, "Europe/Moscow").get()
    asked = gate.objections(gate.fresh(part.pk), make.at(11))
    # Inside, a paper that ends today is good enough; outside, it must outlive the return.
    fine = what == "nothing" or (what == "return" and code == "T01")
    assert (seen.in_order, not asked) == (fine, fine)


def test_refusing_keeps_the_code(cast: SimpleNamespace, expected: Participation) -> None:
    client = here(cast)
    answer = post(client, expected, "refuse", code="G3")
    assert answer.headers["Location"] == f"/gate/?site={cast.site.pk}"
    event = GateEvent.objects.get()
    assert (event.kind, event.code, event.by) == ("refused", "G3", cast.gate)
    text = html(client)
    assert f"Not let in: {expected.volunteer}." in text
    assert "signs of illness (G3)" in text


def test_turning_away_somebody_in_order_is_flagged(
    cast: SimpleNamespace, expected: Participation
) -> None:
    client = here(cast)
    assert "The director and the Department see a refusal at once." in html(
        client, f"/gate/{expected.pk}/refuse/"
    )
    post(client, expected, "refuse", code="G2")
    heard = make.told(expected.visit, "visit_turned_away")
    watching = [cast.officer, cast.director, cast.desk, expected.volunteer, cast.coordinator]
    assert set(make.ids(watching)) <= set(heard)
    assert Entry.objects.filter(action="gate.refused.in_order").count() == 1
    values = expected.visit.case.notices.filter(kind="visit_turned_away")[0].values
    assert (values["code"], values["in_order"]) == ("G2", True)


def test_turning_away_somebody_not_cleared_is_not_flagged(
    cast: SimpleNamespace, expected: Participation
) -> None:
    Volunteer.objects.filter(pk=expected.volunteer_id).update(born_on=date(2010, 1, 1))
    client = here(cast)
    assert "Everything is in order" not in html(client, f"/gate/{expected.pk}/refuse/")
    post(client, expected, "refuse", code="G2")
    assert cast.officer.pk not in make.told(expected.visit, "visit_turned_away")
    assert Entry.objects.filter(action="gate.refused").count() == 1


@pytest.mark.parametrize("code", ["G1", "G5"])
def test_a_code_that_the_list_proves_wrong_is_not_taken(
    cast: SimpleNamespace, expected: Participation, code: str
) -> None:
    client = here(cast)
    text = html(client, f"/gate/{expected.pk}/refuse/")
    assert re.findall(r'value="(G\d)" disabled', text) == ["G1", "G5"]
    answer = post(client, expected, "refuse", code=code)
    assert list(answer.context["form"].errors) == ["code"]
    assert state(expected) == "named"


def test_whoever_was_not_let_in_does_not_leave(
    cast: SimpleNamespace, expected: Participation
) -> None:
    client = here(cast)
    post(client, expected, "out")
    assert "This person was not let in, so they cannot leave." in html(client)
    assert GateEvent.objects.count() == 0
