"""The register's rows in the menu."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PUBLIC
from accounts.roles import Role
from face.menu import MenuRow

ROWS = (
    MenuRow("register", _("Register"), PUBLIC),
    MenuRow("types", _("Types of interaction"), PUBLIC),
    MenuRow("type-changes", _("Types"), (Role.REGISTRAR, Role.COMMISSIONER)),
    MenuRow("application", _("Registration"), (Role.HEAD,)),
    MenuRow(
        "registrations",
        _("Applications of NGOs"),
        (Role.REGISTRAR, Role.COMMISSIONER, Role.CHIEF),
    ),
    MenuRow("suspensions", _("Suspensions"), (Role.REGISTRAR,)),
)
