"""The register's nouns, each kind of noun in a file of its own."""

from registry.models.appeals import Appeal, Contested
from registry.models.applications import Application, Defect, Suspension, Wanted
from registry.models.bars import Bar, Ground
from registry.models.bilingual import Bilingual
from registry.models.catalogue import (
    Kind,
    Procedure,
    ProcedureStep,
    ProcedureVersion,
    Risk,
    Tier,
    Type,
    TypeVersion,
)
from registry.models.catalogue_changes import TypeChange
from registry.models.changes import NgoChange, NgoFact
from registry.models.documents import REQUIRED, Document, DocumentKind
from registry.models.imports import UNDER_WAY, BatchState, ImportBatch, ImportRow, Outcome
from registry.models.institutions import Institution, Site
from registry.models.ngos import Approved, Ngo, Registration, Standing
from registry.models.periods import PeriodQuerySet
from registry.models.places import District, Okrug

__all__ = [
    "REQUIRED",
    "UNDER_WAY",
    "Appeal",
    "Application",
    "Approved",
    "Bar",
    "BatchState",
    "Bilingual",
    "Contested",
    "Defect",
    "District",
    "Document",
    "DocumentKind",
    "Ground",
    "ImportBatch",
    "ImportRow",
    "Institution",
    "Kind",
    "Ngo",
    "NgoChange",
    "NgoFact",
    "Okrug",
    "Outcome",
    "PeriodQuerySet",
    "Procedure",
    "ProcedureStep",
    "ProcedureVersion",
    "Registration",
    "Risk",
    "Site",
    "Standing",
    "Suspension",
    "Tier",
    "Type",
    "TypeChange",
    "TypeVersion",
    "Wanted",
]
