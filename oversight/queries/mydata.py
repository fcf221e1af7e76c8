"""What the page “My data” shows: sections, consents, requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.hats import Acting
from accounts.models import User
from casework import ripple
from casework.engine import rules_at
from casework.models import Case, Decision, Parameter
from casework.parameters import Rules
from casework.process import Ask, Stage, Text, stage_of
from casework.ripple import Touched
from casework.units import amount
from oversight.keeping.copying import counts_of
from oversight.keeping.held import OWN
from oversight.keeping.sections import SECTIONS, Section
from oversight.models import DataRequest
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import CheckedBy, Outcome
from volunteers.models.vetting import CONSENT


@dataclass(frozen=True)
class Shown:
    """A section with how many rows it has, and its term in words."""

    section: Section
    count: int
    until: str


@dataclass(frozen=True)
class Consent:
    """What somebody declared, when, and when they took it back; `mine`: they may take it back."""

    ref: str
    name: str
    on: date
    through: date | None
    ended_at: datetime | None
    state: Text
    mine: bool


def sections_of(person: User, rules: Rules) -> Sequence[Shown]:
    """Every section; those with nothing in them too, so that their emptiness is said."""
    counts, units = counts_of(person), _units()
    return [Shown(one, counts[one.code], _until(one, rules, units)) for one in SECTIONS]


def consents_of(person: User) -> Sequence[Consent]:
    """Every declaration as a record of its own, the newest first."""
    last = Decision.objects.filter(case=OuterRef("case"), step__in=("revoke", "expire"))
    found = (
        Outcome.objects.filter(volunteer=person, requirement__checked_by=CheckedBy.SELF)
        .select_related("case", "requirement")
        .annotate(ended_at=Subquery(last.values("at")[:1]))
        .order_by("-on", "-pk")
    )
    return [_consent(one) for one in found]


def consent_of(person: User, ref: str) -> Outcome | None:
    """The consent to personal data that this person gave and has not taken back."""
    given = Outcome.objects.filter(volunteer=person, requirement__code=CONSENT, counts=True)
    found: Outcome | None = (
        given.select_related("case__owner", "requirement").filter(case__ref=ref).first()
    )
    return found


def follows(given: Outcome, by: Acting, at: datetime) -> Sequence[Touched]:
    """The visits that the withdrawal of this consent takes the person off."""
    ask: Ask[Any] = Ask(given, by, at, rules_at(given, at))
    return ripple.touched_by(OutcomeFlow.revoke.ripple, ask)


def requests_of(person: User) -> Sequence[tuple[DataRequest, Stage]]:
    """What they asked about their data and how it stands, the newest first."""
    found = DataRequest.objects.filter(person=person).exclude(case__state="draft")
    return [(one, stage_of(one.case)) for one in found.select_related("case").order_by("-pk")]


def waiting(acting: Acting) -> QuerySet[Case, Any]:
    """Requests that wait for a checker, but for the reader's own."""
    found = Case.objects.filter(kind=OWN, state="asked")
    return found.exclude(opened_by=acting.user.pk)


def _consent(one: Any) -> Consent:
    return Consent(
        one.case.ref,
        one.requirement.name,
        one.on,
        one.valid_through,
        one.ended_at,
        stage_of(one.case).label,
        one.counts and one.requirement.code == CONSENT,
    )


def _until(section: Section, rules: Rules, units: dict[str, str]) -> str:
    if not section.rule:
        return str(section.until)
    term = amount(rules.number(section.rule), units[section.rule])
    return str(section.until % {"term": term})


def _units() -> dict[str, str]:
    codes = {section.rule for section in SECTIONS if section.rule}
    return dict(Parameter.objects.filter(code__in=codes).values_list("code", "unit"))
