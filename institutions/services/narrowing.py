"""Narrowing a type: written down first, then looked at with what it touches, then declared."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.hats import Acting
from casework.engine import NOT_YOURS, open_case
from casework.opening import judge, writer
from casework.process import Refused
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
    side, user = writer(by)
    if side.pk != house.pk:
        raise Refused(NOT_YOURS)
    fields = {name: value for name, value in vars(wanted).items() if name != "type"}
    case = open_case(NarrowingFlow, owner=house.organisation, by=user, at=at)
    one = NarrowedType(case=case, institution=house, type_id=wanted.type, **fields)
    judge(NarrowingFlow.narrow, one, by=by, at=at)
    one.save(force_insert=True)
    return one
