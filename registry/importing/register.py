"""The importer of an old register: institutions and NGOs, known again by their OGRN."""

from collections.abc import Sequence
from datetime import date

from registry.importing import facts, planning, writing
from registry.importing.kinds import File
from registry.importing.known import known, places
from registry.importing.plans import Planned, refused
from registry.models import Outcome
from registry.reading import layouts, read_register
from registry.reading.rows import Fault, InstitutionRow, NgoRow

Row = InstitutionRow | NgoRow


class RegisterImporter:
    """Reads, plans and writes workbooks and tables of institutions and NGOs."""

    def read(self, name: str, content: bytes, *, on: date) -> File:
        """Institutions come first, in whatever order the sheets stand."""
        tables = (layouts.INSTITUTIONS, layouts.NGOS)
        reading = read_register(name, content, on=on, tables=tables)
        return File((*reading.institutions, *reading.ngos), reading.rejected)

    def plan(self, rows: Sequence[Row], *, owner_id: int | None, on: date) -> list[Planned]:
        """Compare each row with the organisation of its OGRN."""
        known_here, at_hand = known((row.ogrn for row in rows), on), places(on)
        planned = []
        for row in rows:
            try:
                said = (
                    facts.of_institution(row, at_hand)
                    if isinstance(row, InstitutionRow)
                    else facts.of_ngo(row, at_hand)
                )
            except Fault as fault:
                planned.append(refused(row.place, row.name, fault.reason_code, fault.reason))
            else:
                planned.append(planning.plan_row(row.place, said, known_here, at_hand))
        return planned

    def write(self, planned: Sequence[Planned], *, owner_id: int | None, on: date) -> None:
        """Write created and updated organisations."""
        to_write = (Outcome.CREATED, Outcome.UPDATED)
        writing.write([row.target for row in planned if row.outcome in to_write])
        for row in planned:
            if row.target is not None:
                row.organisation_id = row.target.organisation.pk

    def lock(self) -> None:
        """One register file at a time, because files may name the same organisations."""
        writing.lock_numbers()
