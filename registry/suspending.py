"""Writing a suspension down before it is imposed."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, open_case, retried
from casework.process import Refused
from registry.flows import SuspensionFlow
from registry.models import Institution, Ngo, Suspension, Type


@dataclass(frozen=True)
class Scope:
    """What is held back, and for how long; no type and no institution mean all of them."""

    from_on: date
    through_on: date
    type: Type | None = None
    institution: Institution | None = None


def draft(ngo: Ngo, scope: Scope, *, by: Acting, at: datetime) -> Suspension:
    """A suspension that nobody but its writer sees until it is imposed."""
    if by.organisation is None or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    owner, writer = by.organisation, by.user

    def once() -> Suspension:
        case = open_case(SuspensionFlow, owner=owner, by=writer, at=at)
        return Suspension.objects.create(case=case, ngo=ngo, **vars(scope))

    return retried(once)
