"""Writing a bar or a suspension down; nobody but the writer sees it until its step is taken."""

from datetime import date, datetime
from typing import Any

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework.engine import open_case, retried
from casework.opening import writer
from casework.process import Flow, Refused
from volunteers.flows.bar import BarFlow
from volunteers.flows.suspension import PersonSuspensionFlow
from volunteers.models import Bar, PersonSuspension, Volunteer
from volunteers.queries.partners import the_department
from volunteers.services.outcomes import NO_DEPARTMENT


def draft_bar(volunteer: Volunteer, *, by: Acting, at: datetime) -> Bar:
    """A bar that the Department decides on, whoever writes it."""
    department = the_department()
    if department is None:
        raise Refused(NO_DEPARTMENT)
    _organisation, user = writer(by)
    drafted: Bar = _draft(BarFlow, department, user, volunteer, at)
    return drafted


def draft_suspension(
    volunteer: Volunteer, from_on: date, through_on: date | None, *, by: Acting, at: datetime
) -> PersonSuspension:
    """A suspension by the writer's own organisation; no last day: until it is lifted."""
    organisation, user = writer(by)
    days = {"from_on": from_on, "through_on": through_on}
    drafted: PersonSuspension = _draft(
        PersonSuspensionFlow, organisation, user, volunteer, at, **days
    )
    return drafted


def _draft(
    flow: type[Flow[Any]],
    owner: Organisation,
    user: User,
    volunteer: Volunteer,
    at: datetime,
    **facts: Any,
) -> Any:
    """The same draft again where its writer has left one."""
    model: Any = flow.model

    def once() -> Any:
        drafts = model.objects.filter(case__state=flow.start, case__opened_by=user)
        drafts = drafts.filter(case__owner=owner, volunteer=volunteer.pk, **facts)
        if left := drafts.select_related("case").first():
            return left
        # The person sees their suspension; a bar names others, so it is told by letter only.
        about = [volunteer.person] if flow is PersonSuspensionFlow else []
        case = open_case(flow, owner=owner, by=user, at=at, concerned=about)
        return model.objects.create(case=case, volunteer=volunteer.person, **facts)

    return retried(once)
