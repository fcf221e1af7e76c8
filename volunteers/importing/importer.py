"""The importer of an NGO's list of volunteers: people known again by their e-mail address."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from registry.importing.kinds import IMPORTERS, File
from registry.importing.labels import LABELS
from registry.importing.plans import Planned
from registry.models import Outcome
from registry.reading import layouts, read_register
from registry.reading.rows import VolunteerRow
from volunteers.importing import writing
from volunteers.importing.known import known
from volunteers.importing.planning import plan_row

KIND = "volunteers"


class VolunteersImporter:
    """Reads, plans and writes workbooks and tables of volunteers."""

    def read(self, name: str, content: bytes, *, on: date) -> File:
        """Only tables of volunteers are looked for; whoever is under 14 is turned away."""
        reading = read_register(name, content, on=on, tables=(layouts.VOLUNTEERS,))
        return File(reading.volunteers, reading.rejected)

    def plan(
        self, rows: Sequence[VolunteerRow], *, owner_id: int | None, on: date
    ) -> list[Planned]:
        """Compare each row with the person of its address."""
        known_here = known((row.email for row in rows), owner_id or 0, on)
        return [plan_row(row, known_here) for row in rows]

    def write(self, planned: Sequence[Planned], *, owner_id: int | None, on: date) -> None:
        """Write new people and fill empty fields; no clearance comes from a file."""
        to_write = (Outcome.CREATED, Outcome.UPDATED)
        targets = [row.target for row in planned if row.outcome in to_write]
        if targets and owner_id is not None:
            writing.write(targets, Organisation.objects.get(pk=owner_id), on)

    def lock(self) -> None:
        """One list at a time, because lists may name the same people."""
        writing.lock()


def register() -> None:
    """Make the importer and its words known."""
    IMPORTERS[KIND] = VolunteersImporter()
    LABELS.update(
        {
            "family_name": _("Family name"),
            "given_name": _("Given name"),
            "patronymic": _("Patronymic"),
            "born_on": _("Date of birth"),
            "languages": _("Languages"),
            "experience": _("Experience"),
        }
    )
