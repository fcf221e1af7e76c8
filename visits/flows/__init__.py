"""The processes of this app."""

from visits.flows.concern import ConcernFlow
from visits.flows.visit import VisitFlow

__all__ = ["ConcernFlow", "VisitFlow"]
