"""What follows from a step: doors and slots, signatures."""

from institutions.consequences.agreements import set_the_last_day, sign_for_offerer, sign_for_other
from institutions.consequences.doors import declare, stop

__all__ = ["declare", "set_the_last_day", "sign_for_offerer", "sign_for_other", "stop"]
