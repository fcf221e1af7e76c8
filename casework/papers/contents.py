"""What each kind of paper is made from: the keys of `values`, and nothing else.

Days are dates or ISO texts. Names are those of organisations and of officials who decide or sign,
never of a child. What is left empty is not printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

from casework.models import PaperKind

Day = date | str | None


class Type(TypedDict):
    """A type of interaction, as the catalogue names it in the paper's language."""

    code: str
    name: str


class Attached(TypedDict):
    """A document that came with a proposal."""

    name: str
    sha256: str


class Signature(TypedDict):
    """Who signed for which side, and on which day."""

    side: str
    name: str
    role: str
    on: Day


class Listed(TypedDict):
    """One registration: number, first and last day, how it stands, what it allows where.

    From `withdrawn_on` it holds no longer, whatever its last day.
    """

    number: str
    since: Day
    through: Day
    standing: str
    withdrawn_on: Day
    types: list[dict[str, Any]]  # code, name, kinds: list[str]


class Held(TypedDict):
    """One suspension: what is held, from and through which day, how it stands."""

    what: str
    since: Day
    through: Day
    standing: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """From an NGO to an institution. `answer_by` is the last day of the term to decide."""

    proposer: str
    institution: str
    ogrn: str = ""
    types: list[Type] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    since: Day = None
    through: Day = None
    volume: str = ""
    conditions: str = ""
    preparation: str = ""
    experience: str = ""
    contact: str = ""
    documents: list[Attached] = field(default_factory=list)
    answer_by: Day = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What every decision on a proposal says. `proposal` is its number; `role`, `name`: who."""

    proposer: str
    institution: str
    proposal: str
    received_on: Day
    role: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Acceptance(Decided):
    """The institution says yes and under which conditions. `agree_by`: the agreement's last day."""

    types: list[Type] = field(default_factory=list)
    risks: str = ""
    rules: str = ""
    norms: str = ""
    disputes: str = ""
    duration: str = ""
    conditions: str = ""
    agree_by: Day = None


@dataclass(frozen=True, kw_only=True)
class Refusal(Decided):
    """The institution says no: code and its words, why, what proves it, what can be done.

    `founder` reviews the refusal until `review_by`.
    """

    code: str
    ground: str
    reason: str
    evidence: str = ""
    remedy: str = ""
    founder: str = ""
    review_by: Day = None


@dataclass(frozen=True, kw_only=True)
class Review(Decided):
    """The founder lets a refusal stand: on which ground it was refused, why the NGO disagreed."""

    refused_on: Day
    code: str
    ground: str
    reason: str
    refused_because: str = ""
    disagreed: str = ""


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """What the commission decides on an NGO's appeal. `against` is the case in which `what` was
    decided; `follows` is said only where the decision is `overturned`.
    """

    ngo: str
    appeal: str
    filed_on: Day
    what: str
    against: str
    decided_on: Day
    overturned: bool
    reason: str
    role: str
    name: str
    grounds: str = ""
    follows: str = ""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What the sides signed. `duties` by side: institution, ngo, department. `version` of many."""

    institution: str
    ngo: str
    department: str
    since: Day
    through: Day
    types: list[Type] = field(default_factory=list)
    version: str = ""
    limits: str = ""
    representatives: list[str] = field(default_factory=list)
    duties: dict[str, list[str]] = field(default_factory=dict)
    premises: str = ""
    need: str = ""
    briefing: str = ""
    disputes: str = ""
    termination: str = ""
    conditions: str = ""
    signatures: list[Signature] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """A term was missed. `due` is what had to be done, `late_days` how many working days ago.

    `subject` is what it is about («предложение о намерении взаимодействовать № P-1042»).
    """

    institution: str
    founder: str
    proposer: str
    case: str
    subject: str
    due: str
    received_on: Day
    due_on: Day
    late_days: int
    asks: list[str]
    missed_before: int = 0


@dataclass(frozen=True, kw_only=True)
class Extract:
    """What the register holds of one NGO on the day of issue."""

    ngo: str
    ref: str
    form: str = ""
    ogrn: str = ""
    inn: str = ""
    registrations: list[Listed] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


class Helped(TypedDict):
    """What a volunteer did of one type in one institution; `hours` in words of the language."""

    institution: str
    type: str
    times: int
    hours: str


@dataclass(frozen=True, kw_only=True)
class VolunteerHours:
    """What an NGO confirms of one volunteer; `volunteer_number` tells namesakes apart."""

    volunteer: str
    volunteer_number: str
    ngo: str
    since: Day
    through: Day
    total: str
    times: int
    rows: list[Helped]


CONTENTS: dict[str, type[Any]] = {
    PaperKind.PROPOSAL: Proposal,
    PaperKind.ACCEPTANCE: Acceptance,
    PaperKind.REFUSAL: Refusal,
    PaperKind.REVIEW: Review,
    PaperKind.APPEAL: Appeal,
    PaperKind.AGREEMENT: Agreement,
    PaperKind.ESCALATION: Escalation,
    PaperKind.EXTRACT: Extract,
    PaperKind.HOURS: VolunteerHours,
}


def content(kind: str, values: Mapping[str, Any]) -> Any:
    """The values as what this kind is made from; raises TypeError on a key too many or missing."""
    return CONTENTS[kind](**values)


def sides(kind: str, values: Mapping[str, Any]) -> list[str]:
    """Whom a paper that is public by nature is about; nobody where it is not."""
    named = {PaperKind.AGREEMENT: ("institution", "ngo"), PaperKind.EXTRACT: ("ngo",)}
    return [values[key] for key in named.get(PaperKind(kind), ())]
