"""`manage.py import_register FILE`: what an old register would change, and changing it."""

from typing import Any

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.importing.command import ImportCommand


class Command(ImportCommand):
    """The register is the Department's; a fresh installation has no Department yet."""

    help = "Import a register file (.xlsx or .csv): say what it would change, or change it."
    kind = "register"

    def owner(self, options: dict[str, Any]) -> Organisation | None:
        """The Department, if there is one."""
        return Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).first()
