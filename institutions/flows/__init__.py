"""The processes of this floor; importing them registers them."""

from institutions.flows.agreement import AgreementFlow
from institutions.flows.guest_mode import GuestModeFlow

__all__ = ["AgreementFlow", "GuestModeFlow"]
