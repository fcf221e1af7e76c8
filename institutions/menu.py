"""Rows of this floor in the menu: the door, times of visits, agreements."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from face.menu import MenuRow

HOUSE = (Role.DIRECTOR, Role.DESK)

ROWS = (
    MenuRow("door", _("Door"), HOUSE),
    MenuRow("house-slots", _("Times of visits"), HOUSE),
    MenuRow("agreements", _("Agreements"), (*HOUSE, Role.HEAD, Role.COORDINATOR)),
)
