"""What is sensitive comes to light nowhere: typed on the real pages, then looked for everywhere."""

import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from casework import outbox
from casework.models import Entry
from oversight.models import DataRequest
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.oversight.canaries import (
    Walker,
    dump,
    in_valkey,
    messages,
    sessions,
    shapes,
)
from tests.registry.world import as_csv
from tests.volunteers import lists
from tests.volunteers.making import NOON, give, volunteer
from volunteers.models import Outcome
from volunteers.models.sealed import NUMBER as SEALED

NUMBER, SEED = "77-КАНАРЕЙКА-0413", "KVKFKRCPNZQUYMLXOVYDSQKJKZDTSRLD"
PHONE, BIRTHDAY, NOTE = "+7 999 000-13-13", "1987-03-19", "Канарейка поёт по-новому"
IMPORTED = "8 901 777-66-55"
TYPED = {"passed": "yes", "on": "2026-07-01", "number": NUMBER}


@pytest.fixture
def cast(clone: str) -> Iterator[SimpleNamespace]:
    """Two checkers, a coordinator and a volunteer, each at their own browser."""
    with time_machine.travel(NOON, tick=False):
        make.department()
        ngo = make.ngo("Рядом").organisation
        anna = volunteer(ngo)
        coordinator = make.member(ngo, Role.COORDINATOR)
        checkers = [make.member(make.department(), Role.CHECKER) for _ in range(2)]
        everybody = [anna.person, coordinator, *checkers]
        walkers = [Walker(signed_in(one, "mfa")) for one in everybody]
        names = ("volunteer", "coordinator", "checker", "second")
        cast = SimpleNamespace(anna=anna, database=clone, walkers=walkers)
        vars(cast).update(zip(names, walkers, strict=True))
        give(anna, "consent")
        TOTP.activate(coordinator, SEED)
        yield cast


def record(walker: Walker, where: str, requirement: str) -> None:
    """Typed, looked at, recorded."""
    form = walker.get(where).content.decode()
    typed = {**TYPED, "requirement": requirement, "key": _hidden(form, "key")}
    looked = walker.post(where, typed).content.decode()
    done = walker.post(where, {**typed, "sure": _hidden(looked, "sure")})
    assert done.status_code == 302


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    assert found is not None
    return found[1]


def live_through(cast: SimpleNamespace) -> None:
    """Everything that people do with sensitive data, on the pages made for it."""
    where = f"/people/{cast.anna.pk}/record/"
    record(cast.coordinator, where, "interview")
    record(cast.checker, where, "record")
    waiting = Outcome.objects.get(case__state="waiting_second").case.ref
    second = cast.second.get(f"/vetting/{waiting}/").content.decode()
    opinion = {"key": _hidden(second, "key"), "opinion": "passed"}
    cast.second.post(f"/vetting/{waiting}/", opinion)
    # Signed out in the middle of it: what was typed waits in a session.
    Walker(Client()).post(where, {**TYPED, "requirement": "record", "key": "k"})
    import_a_list(cast.coordinator)
    correct_oneself(cast)
    for one in ("/people/", f"/people/{cast.anna.pk}/", "/people/export.csv"):
        cast.coordinator.get(one)
    while outbox.deliver(timezone.now()):
        pass


def import_a_list(walker: Walker) -> None:
    lines = as_csv(lists.HEAD, lists.line(1, **{"Телефон": IMPORTED}))
    sent = walker.post("/people/import/", {"file": SimpleUploadedFile("люди.csv", lines)})
    walker.get(sent.headers["Location"])
    walker.post(f"{sent.headers['Location']}apply/", {})


def correct_oneself(cast: SimpleNamespace) -> None:
    form = cast.volunteer.get("/me/data/correct/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    changed = {"phone": PHONE, "born_on": BIRTHDAY, "words": NOTE}
    cast.volunteer.post("/me/data/correct/", typed | changed)
    ref = DataRequest.objects.get().case.ref
    case = cast.checker.get(f"/cases/{ref}/carry_out/").context["form"]
    hidden = {name: case[name].value() or "" for name in ("key", "seen")}
    cast.checker.post(f"/cases/{ref}/carry_out/", hidden)
    cast.volunteer.post("/me/data/copy/", {})
    cast.volunteer.get("/me/data/")


def hits(text: str, *secrets: str) -> list[str]:
    return [secret for secret in secrets if any(shape in text for shape in shapes(secret))]


def test_sensitive_values_come_to_light_nowhere(
    cast: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    live_through(cast)
    everything = (NUMBER, SEED, PHONE, BIRTHDAY, NOTE, IMPORTED)
    letters = "\n".join(str(one.message()) + one.subject + one.body for one in mail.outbox)
    addresses = "\n".join(one for walker in cast.walkers for one in walker.addresses)
    titles = "\n".join(one for walker in cast.walkers for one in walker.titles)
    entries = "\n".join("|".join(map(str, row)) for row in Entry.objects.values_list())
    places = {
        "log": caplog.text,
        "letters": letters,
        "addresses": addresses,
        "titles": titles,
        "valkey": in_valkey().decode(errors="replace"),
        "trail": entries,
    }
    found = {place: hits(text, *everything) for place, text in places.items()}
    assert {place: secrets for place, secrets in found.items() if secrets} == {}
    assert hits(sessions(), NUMBER, SEED) == []
    assert hits(dump(cast.database), NUMBER, SEED) == []


def test_the_search_would_have_found_them(
    cast: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    live_through(cast)
    connection.ensure_connection()
    copied = dump(cast.database)
    # What is not sealed stands in the dump, and the sealed numbers of two checks are there.
    assert hits(copied, PHONE, BIRTHDAY) == [PHONE, BIRTHDAY]
    sealed = Outcome.objects.exclude(number_sealed=b"").values_list("pk", "number_sealed")
    values = [bytes(value) for pk, value in sealed if SEALED.unseal(value, pk) == NUMBER]
    assert len(values) == 2
    assert all(value.hex() in copied for value in values)
    assert len(mail.outbox) > 0
    assert messages() > 0
    assert "deliver" in in_valkey().decode(errors="replace")
    assert "requirement" in sessions()
