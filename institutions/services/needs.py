"""Announcing whom a house needs, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from casework import trail
from casework.engine import NOT_YOURS
from casework.process import Objection, Refused
from institutions.models import Need
from registry.models import Institution

OVER = Objection(
    "through_on", _("The last day is over."), _("Choose a later day."), field="through_on"
)


@dataclass(frozen=True)
class Wanted:
    """Whom the house needs: `type` and `site` are keys, no site means all of it."""

    type: int
    words: str
    people: int
    from_on: date
    through_on: date
    site: int | None = None


@transaction.atomic
def announce(house: Institution, wanted: Wanted, *, by: Acting, at: datetime, key: str) -> Need:
    """Public at once, and over by its own last day; the same key gives the same need.

    Raises Refused.
    """
    if not _may(by, house.pk) or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    if wanted.through_on < at.astimezone(ZoneInfo(house.organisation.zone)).date():
        raise Refused(OVER)
    full_key = f"{by.user.pk}:{key}"
    made, is_new = Need.objects.get_or_create(
        key=full_key,
        defaults={
            "institution": house,
            "type_id": wanted.type,
            "site_id": wanted.site,
            "words": wanted.words,
            "people": wanted.people,
            "from_on": wanted.from_on,
            "through_on": wanted.through_on,
            "published_by": by.user,
            "published_at": at,
        },
    )
    if is_new:
        _note(made, by.user, "need.announce", wanted.words)
    return made


@transaction.atomic
def withdraw(need: Need, *, by: Acting, at: datetime) -> None:
    """Nobody is needed any more; once is enough. Raises Refused."""
    if not _may(by, need.institution_id) or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    still = Need.objects.filter(pk=need.pk, withdrawn_at=None)
    if still.update(withdrawn_at=at):
        _note(need, by.user, "need.withdraw", "")


def _may(by: Acting, house: int) -> bool:
    own = by.organisation is not None and by.organisation.pk == house
    return own and by.may(Permission.ANSWER_VISITS)


def _note(need: Need, who: User, action: str, words: str) -> None:
    trail.record(
        tenant=need.institution_id,
        actor=who.pk,
        action=action,
        subject=f"need:{need.pk}",
        values=words,
    )
