"""Rows of this floor in the menu: the door, times of visits, proposals, agreements."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PUBLIC
from accounts.roles import Role
from face.menu import MenuRow
from institutions.queries.proposals import waiting

HOUSE = (Role.DIRECTOR, Role.DESK)
NGO = (Role.HEAD, Role.COORDINATOR)

ROWS = (
    MenuRow("door", _("Door"), HOUSE),
    MenuRow("house-slots", _("Times of visits"), (Role.DESK,)),
    MenuRow("proposals", _("Cooperation"), HOUSE, count=waiting),
    MenuRow("proposals", _("Cooperation"), NGO),
    MenuRow("needs", _("Where help is needed"), (Role.COORDINATOR, Role.VOLUNTEER)),
    MenuRow("needs", _("Where help is needed"), PUBLIC),
)
