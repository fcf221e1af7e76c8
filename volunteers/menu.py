"""Rows of this floor in the menu: one's own clearance, an NGO's people, the Department's checks."""

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Case
from face.menu import MenuRow


def waiting(acting: Acting) -> int:
    """How many checks wait for a second checker who is not the reader."""
    found = Case.objects.filter(kind="outcome", state="waiting_second")
    return found.exclude(opened_by=acting.user.pk).count()


ROWS = (
    MenuRow("clearance", _("My clearance"), (Role.VOLUNTEER,)),
    MenuRow("people", _("Volunteers"), (Role.HEAD, Role.COORDINATOR)),
    MenuRow("vetting", _("Checks"), (Role.CHECKER,), count=waiting),
)
