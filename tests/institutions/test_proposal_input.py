"""Writing proposals, and agreements from them: nonsense is answered in words, nothing is lost."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from institutions.flows import AgreementFlow, ProposalFlow
from institutions.models import Agreement, Proposal
from tests.institutions.doing import NOON, TODAY, days, key, offer, type_
from tests.institutions.paging import signed_in, text, typed_offer
from tests.institutions.proposing import CONDITIONS, acting, again, draft, send, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HUGE = "9" * 5000
NONSENSE = ("\x00", "a\x00b", "P-\x00", "0", "-1", HUGE, "'", "P-1", "нет", "../", "department")


def typed(**changed: Any) -> dict[str, Any]:
    """A whole proposal as the form sends it."""
    whole = {
        "key": "k",
        "types": [str(type_("T01")), str(type_("T05"))],
        "groups": ["children"],
        "from_on": str(TODAY + days(10)),
        "through_on": str(TODAY + days(300)),
        "visits_a_week": "2",
        "people_a_visit": "3",
        "programme": "Настольные игры",
        "preparation": "Шестнадцать часов",
        "experience": "Пять лет",
        "needs": "",
    }
    return whole | changed


def where(cast: SimpleNamespace) -> str:
    return f"/proposals/new/?side={cast.house.organisation.ref}"


@pytest.mark.parametrize("asked", NONSENSE)
@pytest.mark.parametrize("name", ["side", "q", "after", "page"])
def test_whatever_stands_in_the_address_is_answered(
    cast: SimpleNamespace, name: str, asked: str
) -> None:
    coordinator = signed_in(cast.coordinator)
    for address in ("/proposals/new/", "/proposals/"):
        assert coordinator.get(address, {name: asked}).status_code == 200
        assert coordinator.post(f"{address}", {name: asked}).status_code in (200, 405)


@pytest.mark.parametrize("asked", NONSENSE)
@pytest.mark.parametrize("name", ["side", "proposal", "renews"])
def test_whatever_an_agreement_is_said_to_follow_from_is_answered(
    cast: SimpleNamespace, name: str, asked: str
) -> None:
    for person in (cast.head, cast.director):
        client = signed_in(person)
        assert client.get("/agreements/new/", {name: asked}).status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"from_on": "0001-01-01"}, "from_on"),
        ({"from_on": "9999-12-31"}, "from_on"),
        ({"from_on": "вчера"}, "from_on"),
        ({"through_on": "2025-06-01", "from_on": "2025-06-02"}, "through_on"),
        ({"through_on": "2029-06-30"}, "through_on"),
        ({"visits_a_week": HUGE}, "visits_a_week"),
        ({"visits_a_week": "0"}, "visits_a_week"),
        ({"people_a_visit": "99999999999"}, "people_a_visit"),
        ({"people_a_visit": "-1"}, "people_a_visit"),
        ({"programme": "a\x00b"}, "programme"),
        ({"programme": "а" * 4001}, "programme"),
        ({"experience": " "}, "experience"),
        ({"types": ["12345678901234567890"]}, "types"),
        ({"types": []}, "types"),
        ({"groups": ["\x00"]}, "groups"),
        ({"key": "\x00"}, "key"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_nothing_is_lost(
    cast: SimpleNamespace, changed: dict[str, Any], field: str
) -> None:
    sent = typed(**changed)
    answer = signed_in(cast.coordinator).post(where(cast), sent)
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert Proposal.objects.count() == 0
    assert "error-summary" in text(answer)
    for name, value in sent.items():
        assert form[name].value() == value
    page = text(answer)
    kept = [value for value in ("children", *sent["types"]) if f'value="{value}"' in page]
    assert page.count("checked") == len([v for v in kept if v in sent["types"] + sent["groups"]])


def test_what_was_typed_survives_a_lost_session(cast: SimpleNamespace) -> None:
    sent = typed(programme="Шахматы", types=[str(type_("T05"))], groups=["teens"])
    nobody = Client()
    answer = nobody.post(where(cast), sent)
    assert answer["Location"].startswith("/accounts/login/?next=/proposals/new/%3Fside%3D")
    client = signed_in(cast.coordinator, unsent=nobody.session["unsent"])
    page = text(client.get(where(cast)))
    assert "Шахматы" in page
    assert page.count("checked") == 2


def test_a_draft_that_lost_its_ticks_shows_none_after_a_lost_session(
    cast: SimpleNamespace,
) -> None:
    proposal = draft(cast)
    sent = typed(types=[], groups=[])
    nobody, edit = Client(), f"/proposals/{proposal.case.ref}/edit/"
    nobody.post(edit, sent)
    client = signed_in(cast.coordinator, unsent=nobody.session["unsent"])
    assert text(client.get(edit)).count("checked") == 0
    assert text(client.get(edit)).count("checked") == 2


def test_a_form_that_is_sent_twice_keeps_one_draft(cast: SimpleNamespace) -> None:
    coordinator, sent = signed_in(cast.coordinator), typed()
    first, second = (coordinator.post(where(cast), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1


def test_a_draft_that_was_sent_meanwhile_is_not_changed(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    answer = signed_in(cast.coordinator).post(f"/proposals/{proposal.case.ref}/edit/", typed())
    assert answer.status_code == 404
    assert again(proposal).visits_a_week == 1


def accepted(cast: SimpleNamespace) -> Proposal:
    proposal = send(cast)
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    return again(proposal)


def test_an_agreement_is_begun_from_its_proposal(cast: SimpleNamespace) -> None:
    proposal = accepted(cast)
    form = (
        signed_in(cast.head).get(f"/agreements/new/?proposal={proposal.case.ref}").context["form"]
    )
    assert form["types"].value() == [str(type_("T01"))]
    assert CONDITIONS["risks"] in form["note"].value()


@pytest.mark.parametrize("ended", ["withdrawn", "agreed"])
def test_an_agreement_from_a_proposal_that_ended_meanwhile_is_refused_with_all_that_was_typed(
    cast: SimpleNamespace, ended: str
) -> None:
    proposal = accepted(cast)
    if ended == "withdrawn":
        take(ProposalFlow.withdraw, proposal, cast, "head", NOON, reason="Передумали")
    else:
        deal = offer(cast, proposal=proposal)
        AgreementFlow.sign(deal, by=acting(cast, "director"), at=NOON, key=key())
    before = Agreement.objects.count()
    sent = typed_offer(note="Бахилы")
    answer = signed_in(cast.head).post(f"/agreements/new/?proposal={proposal.case.ref}", sent)
    assert Agreement.objects.count() == before
    assert "error-summary" in text(answer)
    assert "Бахилы" in text(answer)
