"""How open an institution is, when, and for whom."""
