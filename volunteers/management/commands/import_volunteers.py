"""`manage.py import_volunteers FILE --ngo OGRN`: what a list would change, and changing it."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.importing.command import ImportCommand, NoOwner
from registry.numbers import clean_number
from volunteers.importing.importer import KIND


class Command(ImportCommand):
    """The people on the list volunteer for the NGO that is named."""

    help = "Import an NGO's list of volunteers (.xlsx or .csv): say what it would change, or do it."
    kind = KIND

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Also whose volunteers they are."""
        super().add_arguments(parser)
        parser.add_argument("--ngo", required=True, help="OGRN of the NGO they volunteer for")

    def owner(self, options: dict[str, Any]) -> Organisation:
        """The NGO of this OGRN; raises NoOwner."""
        number = clean_number(options["ngo"])
        known = Organisation.objects.filter(kind=OrganisationKind.NGO, ogrn=number)
        if "\0" in number or (found := known.first()) is None:
            text = _("No NGO with OGRN %(ogrn)s stands in the register.")
            raise NoOwner(text % {"ogrn": options["ngo"]})
        return found
