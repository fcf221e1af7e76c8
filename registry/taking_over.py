"""Registrations that came with the old register get a case, so that the same steps end them."""

from datetime import datetime

from accounts.hats import Acting
from casework.engine import open_case, retried
from registry.applying import department
from registry.flows import RegistrationFlow
from registry.models import Application, Registration


def case_of(registration: Registration, *, by: Acting, at: datetime) -> Application:
    """The application in whose case this registration lives, made when there is none yet.

    Nobody asked for it, so whoever takes it over may also decide in it. Raises Refused.
    """

    def once() -> Application:
        held = Registration.objects.select_for_update().get(pk=registration.pk)
        if known := Application.objects.filter(registration=held).select_related("case").first():
            return known
        asker = held.ngo.organisation
        case = open_case(RegistrationFlow, owner=department(), asker=asker, by=None, at=at)
        made = Application.objects.create(case=case, ngo=held.ngo, registration=held)
        key = f"take-over:{held.pk}"
        RegistrationFlow.take_over(made, by=by, at=at, key=key, opened=True)
        return made

    return retried(once)
