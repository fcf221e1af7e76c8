"""Proposing a change of the catalogue."""

from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.hats import Acting
from accounts.models import User
from casework.models import Case
from casework.opening import begin
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

    def change(case: Case, user: User) -> TypeChange:
        return TypeChange(case=case, type=type_, proposed_by=user, **vars(draft))

    return begin(TypeChangeFlow.propose, change, by=by, at=at, key=key)
