"""Rows of this floor in the menu: one's own clearance, an NGO's people, the Department's checks."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from face.menu import MenuRow
from volunteers.queries.waiting import waiting

ROWS = (
    MenuRow("clearance", _("My clearance"), (Role.VOLUNTEER,)),
    MenuRow("people", _("Volunteers"), (Role.HEAD, Role.COORDINATOR)),
    MenuRow("vetting", _("Checks"), (Role.CHECKER,), count=waiting),
)
