"""Casework's own processes; importing them registers them."""

from casework.flows.calendar_change import CalendarChangeFlow
from casework.flows.rule_change import RuleChangeFlow

__all__ = ["CalendarChangeFlow", "RuleChangeFlow"]
