"""One visit from the wish to the confirmed hours."""
