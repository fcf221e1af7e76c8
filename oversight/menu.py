"""The Department's rows in the menu, and the map for everybody."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PUBLIC
from accounts.permissions import Permission
from casework.parties import holders
from face.menu import MenuRow

OVERSEEING = tuple(holders(Permission.OVERSEE))

ROWS = (
    MenuRow("home", _("Map of doors"), PUBLIC, place=0),
    MenuRow("late", _("What is late"), OVERSEEING),
    MenuRow("concerns", _("What we were told"), OVERSEEING),
    MenuRow("audit", _("Audit trail"), tuple(holders(Permission.READ_AUDIT))),
)
