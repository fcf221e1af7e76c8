"""Settings by purpose: base for all, then demo, test and production."""
