"""Proposing, as the tests of this floor do it."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from accounts.hats import Acting
from casework.models import Decision
from casework.process import Step
from institutions.flows import ProposalFlow
from institutions.models import Proposal
from institutions.services.proposals import Draft, write
from tests import factories
from tests.institutions.doing import NOON, days, key, type_

CONDITIONS = {
    "risks": "Без сладостей: у двоих аллергия",
    "rules": "Сменная обувь, вход через проходную",
    "disputes": "Сначала куратор и координатор, затем директор",
    "ending": "Год; раньше — по письму за десять дней",
    "contact": "Ким О. Ю., куратор",
    "other": "",
}


def draft(cast: SimpleNamespace, *, at: datetime = NOON, **said: Any) -> Proposal:
    """A proposal of T01 for a year, kept and not sent."""
    values: dict[str, Any] = {
        "types": [type_("T01")],
        "groups": ["children"],
        "from_on": at.date() + days(30),
        "through_on": at.date() + days(300),
        "visits_a_week": 1,
        "people_a_visit": 4,
        "programme": "Настольные игры по субботам",
        "preparation": "Шестнадцать часов, одиннадцать человек готовы",
        "experience": "Пять лет в двух центрах",
        "needs": "",
    }
    whole = Draft(**values | said)
    return write(cast.house, cast.ngo, whole, by=acting(cast, "coordinator", at), at=at)


def send(cast: SimpleNamespace, *, at: datetime = NOON, **said: Any) -> Proposal:
    """The same, sent by the coordinator."""
    proposal = draft(cast, at=at, **said)
    by = acting(cast, "coordinator", at)
    ProposalFlow.send(proposal, by=by, at=at, key=key())
    return again(proposal)


def take(
    step: Step, detail: Any, cast: SimpleNamespace, role: str, at: datetime, **answers: Any
) -> Decision:
    """One step by one of the cast."""
    return step(detail, by=acting(cast, role, at), at=at, key=key(), **answers)


def acting(cast: SimpleNamespace, role: str, at: datetime = NOON) -> Acting:
    """One of the cast in their hat."""
    return factories.acting(getattr(cast, role), at.date(), role)


def again(proposal: Proposal) -> Proposal:
    """As the database has it now."""
    return Proposal.objects.select_related("case").get(pk=proposal.pk)
