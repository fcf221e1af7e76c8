"""Questions to the register, by what they are about."""

from registry.queries.approvals import approved_types, covering
from registry.queries.cards import institution_card, ngo_card
from registry.queries.catalogue import (
    catalogue,
    okrugs_with_districts,
    procedure_in_force,
    type_in_force,
)
from registry.queries.imports import batches, written

__all__ = [
    "approved_types",
    "batches",
    "catalogue",
    "covering",
    "institution_card",
    "ngo_card",
    "okrugs_with_districts",
    "procedure_in_force",
    "type_in_force",
    "written",
]
