"""The register's nouns, each kind of noun in a file of its own."""

from registry.models.applications import Application, Defect, Suspension, Wanted
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
from registry.models.imports import UNDER_WAY, BatchState, ImportBatch, ImportRow, Outcome
from registry.models.institutions import Institution, Site
from registry.models.ngos import Approved, Ngo, Registration, Standing
from registry.models.periods import PeriodQuerySet
from registry.models.places import District, Okrug

__all__ = [
    "UNDER_WAY",
    "Application",
    "Approved",
    "BatchState",
    "Bilingual",
    "Defect",
    "District",
    "ImportBatch",
    "ImportRow",
    "Institution",
    "Kind",
    "Ngo",
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
    "TypeVersion",
    "Wanted",
]
