"""The words in which every process is written: stages, steps, clocks, objections.

A process is a table. `Flow` subclasses hold nothing but that table; `casework.engine` takes the
steps, so that who may, what must hold, what follows, who hears and by when are read in one place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework.models import Case, Decision, Detail
from casework.parameters import Rules
from casework.ways import Way

STAYS = ""
Text = str | Promise
D = TypeVar("D", bound=Detail)


@dataclass(frozen=True)
class Objection:
    """Why a step cannot be taken now: greys the button, fills "why not", refuses the step."""

    code: str
    text: Text
    remedy: Text = ""
    clears_on: date | None = None
    field: str = ""


class Refused(Exception):
    """A step was not taken; nothing was written. Holds every objection at once."""

    def __init__(self, *objections: Objection) -> None:
        super().__init__("; ".join(str(one.text) for one in objections))
        self.objections = objections


@dataclass
class Ask(Generic[D]):
    """A step as rules and consequences see it: looked at by a page, or attempted with answers.

    `taken`: by the engine, which holds the case; what is read now stays true until it is written.
    """

    detail: D
    by: Acting | None
    at: datetime
    rules: Rules
    answers: dict[str, Any] = field(default_factory=dict)
    attempted: bool = False
    taken: bool = False

    @property
    def case(self) -> Case:
        """The case that the detail belongs to."""
        case: Case = self.detail.case
        return case

    @property
    def on(self) -> date:
        """The day of `at` where the owner is."""
        return self.at.astimezone(ZoneInfo(self.case.owner.zone)).date()

    def answer(self, name: str, default: Any = None) -> Any:
        """What was typed for this field of the step's form."""
        return self.answers.get(name, default)


class Party(Protocol):
    """Who takes part: answers both "may they?" and "who hears of it?"."""

    @property
    def name(self) -> Text:
        """The party in words."""

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """Whether whoever acts may take this party's steps in this case."""

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Everybody who hears what is told to this party."""


@dataclass(frozen=True)
class Length:
    """How long a term is: so many days of a unit, by a rule's code, or until an instant.

    One that begins `still` waits for a step that resumes it.
    """

    days: int | None = None
    unit: str = ""
    until: datetime | None = None
    rule: str = ""
    still: bool = False


@dataclass(frozen=True)
class Clock:
    """A term that runs while a stage lasts, and the step the sweep takes when it has passed.

    `length` may say None: in this case the stage has no end, and no term is written.
    """

    name: str
    label: Text
    length: Callable[[Ask[Any]], Length | None]
    on_silence: str


@dataclass(frozen=True)
class Stage:
    """A state: its word, whose move it is and by when. Without an owner it is an ending.

    `pauses` names those of its clocks that stand still while it lasts; `waits_for` the kind of
    another case that is open meanwhile, and has the clock.
    """

    label: Text
    owner: Party | None = None
    clocks: tuple[Clock, ...] = ()
    tone: str = ""
    pauses: tuple[str, ...] = ()
    waits_for: str = ""


Rule = Callable[[Ask[Any]], Iterable[Objection]]
Consequence = Callable[[Ask[Any]], None]


@dataclass(eq=False)
class Step:
    """One move: from where to where, by whom, what must hold, what follows, who hears.

    `settles` marks the one final decision of a case; `decides` forbids it to whoever asked;
    `marks` names the clock whose passing the step notes; `ripple` what it may touch above;
    `extends` a clock that runs and the rule by which it gets longer, once; `restarts` clocks that
    begin anew, `resumes` clocks that stood still. `page` is the address at which the step's own
    page stands, where the common one is not enough.
    """

    source: str | tuple[str, ...]
    target: str
    by: Party
    label: Text
    past: Text
    asks: type[Any] | None = None
    rules: tuple[Rule, ...] = ()
    then: tuple[Consequence, ...] = ()
    tell: tuple[Party, ...] = ()
    ripple: str = ""
    marks: str = ""
    extends: tuple[str, str] | None = None
    restarts: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    page: str = ""
    decides: bool = False
    settles: bool = False
    danger: bool = False
    name: str = ""
    flow: "type[Flow[Any]]" = field(init=False, repr=False)
    # Django's templates call what can be called; a page only reads a step's words.
    do_not_call_in_templates: ClassVar[bool] = True

    @property
    def sources(self) -> tuple[str, ...]:
        """The states it starts from."""
        return self.source if isinstance(self.source, tuple) else (self.source,)

    def __set_name__(self, flow: "type[Flow[Any]]", name: str) -> None:
        self.flow, self.name = flow, name

    def __call__(
        self,
        detail: Detail,
        *,
        by: Acting | None,
        at: datetime,
        key: str,
        seen: int | None = None,
        opened: bool = False,
        **answers: Any,
    ) -> Decision:
        """Take the step; raises Refused with every reason and writes nothing then.

        `opened`: the caller's `retried` transaction has just made the case, so there is nothing
        newer to read and nobody to lock out.
        """
        from casework.engine import take  # noqa: PLC0415  (the engine reads these definitions)

        return take(self, detail, by=by, at=at, key=key, seen=seen, opened=opened, answers=answers)


@dataclass(frozen=True)
class Printed:
    """What a step's paper says: its kind, who issues it, and what it is made from."""

    kind: str
    issuer: Organisation
    values: dict[str, Any]


class Flow(Generic[D]):
    """A process: its stages and steps. Subclassing registers it under its kind and its letter."""

    kind: ClassVar[str]
    letter: ClassVar[str]
    title: ClassVar[Text]
    model: ClassVar[type[Detail]]
    related: ClassVar[tuple[str, ...]] = ()
    start: ClassVar[str]
    stages: ClassVar[Mapping[str, Stage]]
    steps: ClassVar[dict[str, Step]] = {}
    # The papers that steps leave behind: by a step's name, the kind of paper and what it says.
    prints: ClassVar[Mapping[str, Callable[[Any, Decision], Printed]]] = {}
    by_kind: ClassVar[dict[str, "type[Flow[Any]]"]] = {}
    by_letter: ClassVar[dict[str, "type[Flow[Any]]"]] = {}

    def __init_subclass__(cls) -> None:
        cls.steps = {name: one for name, one in vars(cls).items() if isinstance(one, Step)}
        Flow.by_kind[cls.kind] = Flow.by_letter[cls.letter] = cls

    @classmethod
    def facts(cls, detail: D) -> dict[str, Any]:
        """What notices and pages say of the case: names and ISO moments, in no language."""
        return {"ref": detail.case.ref, "organisation": detail.case.owner.short_name}

    @classmethod
    def heading(cls, detail: D) -> str:
        """One line by which a person recognises the case."""
        return str(detail.case)

    @classmethod
    def shown(cls, detail: D) -> list[tuple[Text, Any]]:
        """Names and values of the case page, in the reader's language."""
        return []

    @classmethod
    def beside(cls, detail: D, acting: Acting, at: datetime) -> tuple[str, dict[str, Any]] | None:
        """A part of the case page that only this process has: its template and what it reads."""
        return None

    @classmethod
    def ways(cls, detail: D, acting: Acting, at: datetime) -> list[Way]:
        """What whoever looks can begin from here: another case, on a page of its own."""
        return []


def flow_of(case: Case) -> type[Flow[Any]]:
    """The process a case follows."""
    return Flow.by_kind[case.kind]


def stage_of(case: Case) -> Stage:
    """The stage a case is in."""
    return flow_of(case).stages[case.state]


@dataclass(frozen=True)
class Choices:
    """Where the options of a field come from, when they depend on the case."""

    of: Callable[[Any, Acting | None], Iterable[tuple[Any, Text]]]


def asked(
    label: Text,
    *,
    choices: Any = None,
    many: bool = False,
    long: bool = False,
    required: bool = True,
    hint: Text = "",
    initial: Callable[[Any], Any] | None = None,
) -> Any:
    """A field of a step's form, for the dataclass that a step `asks`."""
    metadata = {
        "label": label,
        "choices": choices,
        "many": many,
        "long": long,
        "required": required,
        "hint": hint,
        "initial": initial,
    }
    return field(default=None, metadata=metadata)
