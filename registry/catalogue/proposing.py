"""Proposing a change of the catalogue."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, objections, open_case, retried
from casework.models import Decision
from casework.parameters import rules_on
from casework.process import Ask, Refused
from registry.catalogue.content import Content
from registry.flows import TypeChangeFlow
from registry.models import Type, TypeChange


@dataclass(frozen=True)
class Draft:
    """What is to become of a type: `what` is one of TypeChange.What."""

    what: str
    from_on: date
    why: str
    content: Content = field(default_factory=dict)


def propose(type_: Type, draft: Draft, *, by: Acting, at: datetime, key: str) -> TypeChange:
    """A change that waits for its second person. The same key gives the same change; raises
    Refused with every reason.
    """
    if by.organisation is None or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    owner, writer = by.organisation, by.user

    def proposed() -> TypeChange:
        if earlier := _by_key(writer, key):
            return earlier
        change = TypeChange(
            case=open_case(TypeChangeFlow, owner=owner, by=writer, at=at),
            type=type_,
            proposed_by=writer,
            **vars(draft),
        )
        _judge(change, by, at)
        change.save(force_insert=True)
        TypeChangeFlow.propose(change, by=by, at=at, key=key, opened=True)
        return change

    return retried(proposed)


def _judge(change: TypeChange, by: Acting, at: datetime) -> None:
    on = at.astimezone(ZoneInfo(change.case.owner.zone)).date()
    ask: Ask[TypeChange] = Ask(change, by, at, rules_on(on))
    if found := list(objections(TypeChangeFlow.propose, ask)):
        raise Refused(*found)


def _by_key(writer: User, key: str) -> TypeChange | None:
    sent = Decision.objects.filter(key=f"{writer.pk}:{key}", step=TypeChangeFlow.propose.name)
    return TypeChange.objects.filter(case__in=sent.values("case")).first()
