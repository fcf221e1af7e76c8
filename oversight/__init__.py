"""The Department's eye: what is late, what was decided, who may what."""
