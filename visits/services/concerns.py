"""Telling the Department."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework.engine import USED_KEY, open_case, retried
from casework.models import Decision
from casework.process import Objection, Refused
from registry.models import Institution
from visits.flows import ConcernFlow
from visits.models import Concern, Visit
from volunteers.queries.partners import the_department

NOBODY_THERE = Objection(
    "no_department", _("Nobody answers for the Department here yet."), _("Telephone it instead.")
)


def say(
    *,
    by: Acting,
    about: str,
    text: str,
    at: datetime,
    key: str,
    institution: Institution | None = None,
    visit: Visit | None = None,
) -> Concern:
    """Open the word and send it; the same key gives the same one. Raises Refused."""
    assert isinstance(by.user, User)  # noqa: S101  (the route lets nobody else in)
    user = by.user

    def once() -> Concern:
        if earlier := Decision.objects.filter(key=f"{user.pk}:{key}").first():
            if said := Concern.objects.filter(pk=earlier.case_id, text=text).first():
                return said
            raise Refused(USED_KEY)
        owner = the_department()
        if owner is None:
            raise Refused(NOBODY_THERE)
        case = open_case(ConcernFlow, owner=owner, at=at, by=user)
        concern = Concern.objects.create(
            case=case,
            institution=visit.institution if visit else institution,
            visit=visit,
            about=about,
            text=text,
        )
        ConcernFlow.say(concern, by=by, at=at, key=key)
        return concern

    return retried(once)
