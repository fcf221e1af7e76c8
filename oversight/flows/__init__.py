"""The Department's own processes; importing them registers them."""

from oversight.flows.data_request import DataRequestFlow

__all__ = ["DataRequestFlow"]
