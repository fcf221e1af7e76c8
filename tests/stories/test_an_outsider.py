"""Whoever stands outside finds nothing of what belongs to others, by whatever address."""

from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.access import PUBLIC
from accounts.roles import Role
from casework import files
from casework.models import Case, Decision, Entry
from casework.process import Flow
from registry.models import Document
from tests import factories
from tests.accounts.sessions import signed_in
from tests.house.test_architecture import ours
from tests.stories.world import EVENING, world
from tests.volunteers import making

OUTSIDERS = (Role.COORDINATOR, Role.VOLUNTEER, Role.HEAD, Role.DIRECTOR, Role.GATE)
# Times are there for everybody to look at; the others are about the reader alone.
FOR_EVERYBODY = {"visit-new", "visits-slots", "agree", "test-question"}

Named = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def cast(clock: time_machine.Traveller) -> SimpleNamespace:
    clock.move_to(EVENING)
    return world()


def named(cast: SimpleNamespace) -> Named:
    """Every address that names something of theirs, filled in with it."""
    cases = cases_of(cast)
    steps = [(case, name) for case in cases for name in Flow.by_kind[case.kind].steps]
    told = {
        "case": [{"ref": case.ref} for case in cases],
        "step": [{"ref": case.ref, "step": name} for case, name in steps],
        "member_end": [{"pk": cast.membership.pk}],
        "deputy": [{"pk": cast.post.pk}],
        "back": [{"pk": cast.absence.pk}],
        "need-withdraw": [{"pk": cast.need.pk}],
        "withdraw": [{"pk": cast.invitation.pk}],
        "my-data-consent": [{"ref": cast.consent.case.ref}],
        "test-result": [{"attempt": cast.attempt.pk}],
        "paper": [{"code": cast.paper.code}],
        "document": [{"pk": one.pk} for one in Document.objects.order_by("pk")],
        "proposal-document": [{"pk": cast.enclosed.pk}],
        "file": [{"token": files.link(cast.charter.file, cast.sent.head).split("/")[2]}],
        "certificate": [{"ref": cast.ngo.organisation.ref}],
        "appeal-new": [{"ref": cast.denied.application.case.ref}],
        "rule-change": [{"code": "concern-answer"}],
        "requirement-changed": [{"code": "risk"}],
        "calendar-propose": [{"year": 2027}],
        "term": [{"pk": cast.term.pk}],
        "registration-case": [{"ref": cast.ngo.organisation.ref}],
    }
    told |= {name: [{"ref": one.case.ref}] for name, one in by_reference(cast).items()}
    return told | several(cast)


def several(cast: SimpleNamespace) -> Named:
    """What has several addresses under one name, or shares its own with others."""
    visits = [{"ref": one.case.ref} for one in (cast.booked, cast.requested, cast.done)]
    people = [{"person": cast.maria.pk}, {"person": cast.ilya.pk}]
    told: Named = {f"gate-{one}": [{"pk": cast.part.pk}] for one in ("in", "out", "refuse")}
    for one in ("batch", "apply", "rejected"):
        told[f"people-import-{one}"] = [{"number": cast.list.pk}]
        told[f"register-import-{one}"] = [{"number": cast.file.pk}]
    told |= {key: [{"code": "T11"}] for key in ("type-new", "type-retire", "type-procedure")}
    for one in ("question", "question-version", "question-retire"):
        told[one] = [{"code": "rights-001"}]
    told |= dict.fromkeys(
        ("person", "person-record", "person-more-time", "person-suspend", "person-bar"), people
    )
    told |= dict.fromkeys(("request", "request-check", "request-sent"), visits)
    return told | dict.fromkeys(("visit", "visit-pass", "visit-calendar", "visit-hours"), visits)


def cases_of(cast: SimpleNamespace) -> list[Case]:
    """One case of every kind at least."""
    names = """booked check offer mode concern handover suspension appeal change rule calendar
        type demand narrowing draft proposal review countered question data
        bar likeness kept"""
    return [cast.sent.application.case, *(getattr(cast, name).case for name in names.split())]


def by_reference(cast: SimpleNamespace) -> dict[str, Any]:
    """What an address names by the reference of its case."""
    return {
        "hand-on": cast.offer,
        "proposal-edit": cast.draft,
        "proposal-documents": cast.draft,
        "agreement-counter": cast.countered,
        "agreement-versions": cast.countered,
        "agreement-people": cast.deal,
        "agreement-briefing": cast.deal,
        "duties-of": cast.deal,
        "pack": cast.handover,
        "told": cast.concern,
        "second-opinion": cast.check,
        "question-change": cast.question,
        "calendar-change": cast.calendar,
        "type-change": cast.type,
        "likeness": cast.likeness,
        "requirement-change": cast.demand,
    }


def addresses(found: Named) -> list[str]:
    return [reverse(name, kwargs=one) for name, many in found.items() for one in many]


def outsider(role: str) -> Client:
    """Somebody of another NGO or another house, in the same role, proved."""
    if role in {Role.DIRECTOR, Role.GATE}:
        return signed_in(factories.member(factories.institution().organisation, role), "mfa")
    other = factories.ngo().organisation
    if role == Role.VOLUNTEER:
        return signed_in(making.volunteer(other).person, "mfa")
    return signed_in(factories.member(other, role), "mfa")


def test_no_kind_of_case_is_left_out(cast: SimpleNamespace) -> None:
    refs = [one["ref"] for one in named(cast)["case"]]
    kinds = Case.objects.filter(ref__in=refs).values_list("kind", flat=True)
    assert set(kinds) == set(Flow.by_kind)


def test_every_address_that_names_something_is_tried(cast: SimpleNamespace) -> None:
    guarded = [one for one in ours() if one.who != PUBLIC]  # type: ignore[attr-defined]
    naming = {one.name for one in guarded if one.pattern.converters}
    assert naming == set(named(cast)) | FOR_EVERYBODY


@pytest.mark.parametrize("role", OUTSIDERS)
def test_an_outsider_finds_nothing(cast: SimpleNamespace, role: str) -> None:
    # Given everything of a house, an NGO and the Department, and somebody of elsewhere
    tried, client = addresses(named(cast)), outsider(role)
    before = [Decision.objects.count(), Entry.objects.count()]

    # When they open every address of it and send a form to it
    got = {address: client.get(address).status_code for address in tried}
    typed = {"key": "k", "send": "1"}
    sent = {address: client.post(address, typed).status_code for address in tried}

    # Then there is no such page, and nothing has come of it; some know one of the two ways only
    answers = {address: {got[address], sent[address]} for address in tried}
    assert {one: codes for one, codes in answers.items() if codes not in ({404}, {404, 405})} == {}
    assert [Decision.objects.count(), Entry.objects.count()] == before


def test_those_it_belongs_to_find_it(cast: SimpleNamespace) -> None:
    # Given the same addresses, of which a pass, an end or an answer is not always there
    known = named(cast)
    people = (cast.maria.person, cast.ilya.person, cast.coordinator, cast.head, cast.desk)
    people += (cast.director, cast.gate, cast.registrar, cast.checker, cast.sent.head.user)
    people += (cast.appellant,)
    clients = [signed_in(one, "mfa") for one in people]

    # Then behind every one of these names somebody finds something
    def opens(name: str) -> bool:
        tried = addresses({name: known[name]})
        return any(client.get(one).status_code != 404 for client in clients for one in tried)

    assert [name for name in known if not opens(name)] == []
