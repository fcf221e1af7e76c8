"""Narrowing a type: written down first, then looked at with what it touches, then declared."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, objections, open_case
from casework.parameters import rules_on
from casework.process import Ask, Refused
from institutions.flows import NarrowingFlow
from institutions.models import NarrowedType
from registry.models import Institution


@dataclass(frozen=True)
class Demanded:
    """What the house asks for: `type` is a key, an empty tier leaves the catalogue's."""

    type: int
    from_on: date
    reason: str
    through_on: date | None = None
    excluded: bool = False
    tier_at_least: str = ""
    conditions: str = ""


@transaction.atomic
def draft(house: Institution, wanted: Demanded, *, by: Acting, at: datetime) -> NarrowedType:
    """A narrowing as the director writes it; nothing changes until it is declared. Raises
    Refused with every reason.
    """
    if by.organisation is None or by.organisation.pk != house.pk or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    fields = {name: value for name, value in vars(wanted).items() if name != "type"}
    case = open_case(NarrowingFlow, owner=house.organisation, by=by.user, at=at)
    one = NarrowedType(case=case, institution=house, type_id=wanted.type, **fields)
    on = at.astimezone(ZoneInfo(house.organisation.zone)).date()
    ask: Ask[NarrowedType] = Ask(one, by, at, rules_on(on))
    if found := list(objections(NarrowingFlow.narrow, ask)):
        raise Refused(*found)
    one.save(force_insert=True)
    return one
