"""Everything that is told has its letter in both languages."""

from datetime import date
from types import SimpleNamespace

import pytest

from casework.letters import letter
from casework.models import Notice
from casework.sweep import sweep
from institutions.flows import AgreementFlow, GuestModeFlow
from institutions.services.agreements import counter_offer
from tests import factories
from tests.institutions.doing import (
    NOON,
    TODAY,
    agree,
    close,
    days,
    declare,
    director_of,
    key,
    offer,
)
from tests.institutions.test_negotiation import terms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_every_letter_is_written_in_both_languages(cast: SimpleNamespace) -> None:
    everything(cast)
    kinds = set()
    for notice in Notice.objects.select_related("person", "case"):
        for language in ("ru", "en"):
            written = letter(notice, language)
            assert written.subject
            assert "{{" not in written.text
        kinds.add(notice.kind)
    telling = {
        f"{flow.kind}_{step.name}"
        for flow in (GuestModeFlow, AgreementFlow)
        for step in flow.steps.values()
        if step.tell
    }
    assert kinds == telling


def everything(cast: SimpleNamespace) -> None:
    """Each step that tells somebody is taken once."""
    agree(cast, through_on=TODAY + days(3))
    by = director_of(cast.site)
    declined, withdrawn, ended = offer(cast), offer(cast), agree(cast)
    offer(cast)
    AgreementFlow.decline(declined, by=by, at=NOON, key=key(), code="R6", reason="Нет окон")
    head = factories.acting(cast.head, date(2025, 6, 2), "head")
    AgreementFlow.withdraw(withdrawn, by=head, at=NOON, key=key(), reason="Ошибка")
    AgreementFlow.end(
        ended, by=head, at=NOON, key=key(), last_on=TODAY, reason="Пожар", safety=True
    )
    negotiated(cast)
    mode = declare(cast.site)
    declare(cast.site, through_on=TODAY + days(2))
    closure = close(cast.site, TODAY + days(5), TODAY + days(6))
    GuestModeFlow.reopen(closure, by=by, at=NOON, key=key(), reason="Ошибка")
    GuestModeFlow.withdraw(mode, by=by, at=NOON, key=key(), reason="Ошибка")
    sweep(NOON + days(40))


def negotiated(cast: SimpleNamespace) -> None:
    """Other terms are offered; an agreement is suspended, let go, suspended, and reminds."""
    countered = offer(cast)
    director = factories.acting(cast.director, date(2025, 6, 2), "director")
    counter_offer(countered, by=director, at=NOON, key=key(), **terms())
    paused = agree(cast)
    until = {"through_on": TODAY + days(2), "reason": "Ремонт"}
    AgreementFlow.suspend(paused, by=director, at=NOON, key=key(), **until)
    AgreementFlow.resume(paused, by=director, at=NOON, key=key())
    AgreementFlow.suspend(paused, by=director, at=NOON, key=key(), **until)
    agree(cast, through_on=TODAY + days(80))
