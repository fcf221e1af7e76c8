"""Rows of this floor in the menu: one's own clearance, an NGO's people, the Department's checks."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Case
from face.menu import MenuRow


def waiting(acting: Acting) -> QuerySet[Case, Any]:
    """The checks that wait for a second checker who is not the reader."""
    found = Case.objects.filter(kind="outcome", state="waiting_second")
    return found.exclude(opened_by=acting.user.pk)


ROWS = (
    MenuRow("clearance", _("My clearance"), (Role.VOLUNTEER,)),
    MenuRow("people", _("Volunteers"), (Role.HEAD, Role.COORDINATOR)),
    MenuRow("vetting", _("Checks"), (Role.CHECKER,), count=waiting),
)
