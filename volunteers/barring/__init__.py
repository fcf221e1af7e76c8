"""Keeping a person away: barred by two, suspended for a while, known again under another name."""
