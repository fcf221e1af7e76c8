"""The register's processes."""

from registry.flows.registration import RegistrationFlow
from registry.flows.suspension import SuspensionFlow

__all__ = ["RegistrationFlow", "SuspensionFlow"]
