"""The Department's rows in the menu, and the map for everybody."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PUBLIC
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import holders
from face.menu import MenuRow
from oversight.queries.reviews import waiting

OVERSEEING = tuple(holders(Permission.OVERSEE))

ROWS = (
    MenuRow("home", _("Map of doors"), PUBLIC, place=0),
    MenuRow("reviews", _("Reviews and appeals"), (Role.COMMISSIONER,), count=waiting),
    MenuRow("data-requests", _("Requests about data"), (Role.CHECKER,)),
    MenuRow("late", _("What is late"), OVERSEEING),
    MenuRow("concerns", _("What we were told"), OVERSEEING),
    MenuRow("audit", _("Audit trail"), tuple(holders(Permission.READ_AUDIT))),
)
