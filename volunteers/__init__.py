"""Who volunteers, and what they are cleared for."""
