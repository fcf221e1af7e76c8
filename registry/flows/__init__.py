"""The register's processes."""

from registry.flows.appeal import AppealFlow
from registry.flows.catalogue import TypeChangeFlow
from registry.flows.change import ChangeFlow
from registry.flows.registration import RegistrationFlow
from registry.flows.suspension import SuspensionFlow

__all__ = ["AppealFlow", "ChangeFlow", "RegistrationFlow", "SuspensionFlow", "TypeChangeFlow"]
