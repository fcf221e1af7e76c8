"""The catalogue of interaction types and procedures: how it is changed, and what differs."""
