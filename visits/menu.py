"""Rows of visits in the menu: finding a time, one's own visits; the desk, the gate."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from face.menu import MenuRow
from visits.queries.mine import waiting_for

SPEAKING = (Role.COORDINATOR, Role.HEAD)
SIDES = (Role.DIRECTOR, Role.DESK, *SPEAKING)

ROWS = (
    MenuRow("visits", _("Visits"), SPEAKING, count=waiting_for),
    MenuRow("visits-find", _("Visits I can take now"), (Role.VOLUNTEER,)),
    MenuRow("visits", _("My visits"), (Role.VOLUNTEER,)),
    MenuRow("visits-find", _("Free times"), (Role.COORDINATOR,)),
    MenuRow("requests", _("To decide"), (Role.DIRECTOR, Role.DESK)),
    MenuRow("duties", _("Duties"), SIDES),
    MenuRow("gate", _("Gate"), (Role.GATE, Role.DESK, Role.DIRECTOR)),
)
