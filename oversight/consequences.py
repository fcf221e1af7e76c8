"""What follows from a request about one's own data that is carried out."""

from datetime import date

from django.db.models import Q

from accounts import memberships
from accounts.models import Membership
from casework.process import Ask
from oversight.models import Asked, DataRequest
from oversight.wanted import NAMES, PROFILE
from volunteers.models import Volunteer


def correct_the_data(ask: Ask[DataRequest]) -> None:
    """The new values are written where the old ones stood."""
    detail = ask.detail
    if detail.what != Asked.CORRECT:
        return
    names = {name: value for name, value in detail.wanted.items() if name in NAMES}
    for name, value in names.items():
        setattr(detail.person, name, value)
    if names:
        detail.person.save(update_fields=[*names])
    profile = {name: value for name, value in detail.wanted.items() if name in PROFILE}
    if born := profile.get("born_on"):
        profile["born_on"] = date.fromisoformat(born)
    if profile:
        Volunteer.objects.filter(pk=detail.person_id).update(**profile)


def close_the_account(ask: Ask[DataRequest]) -> None:
    """Nobody signs in any more. What tells who it was goes when the last letter has left."""
    detail = ask.detail
    if detail.what != Asked.ERASE:
        return
    lasting = Q(during__upper_inf=True) | Q(during__endswith__gt=ask.on)
    for membership in Membership.objects.filter(lasting, person=detail.person_id):
        memberships.end(membership, on=ask.on)
    detail.person.is_active = False
    detail.person.save(update_fields=["is_active"])
