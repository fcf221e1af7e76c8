"""Casework's changes that begin a case."""
