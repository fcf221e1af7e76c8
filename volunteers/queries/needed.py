"""What a type of interaction asks of whoever comes, in one institution and for some days."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from institutions.queries.narrowing import tier_here
from registry.models import TypeVersion
from registry.queries.versions import accompanied

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Needed:
    """A tier, and the days through which everything it asks for must hold."""

    tier: str
    first_on: date
    last_on: date


def needed(
    institution_id: int,
    version: TypeVersion,
    first_on: date,
    edition: UUID | None = None,
    *,
    last_on: date | None = None,
) -> Needed:
    """The catalogue's tier, or a higher one of the house. Outside with residents a paper must
    outlive the return by a day: whoever is late back is still cleared (DOMAIN d, step 2).

    Two queries; none where the mark of the catalogue is at hand.
    """
    back = last_on or first_on
    if version.type.code in accompanied(first_on, edition):
        back += ONE_DAY
    return Needed(tier_here(institution_id, version, first_on, edition), first_on, back)
