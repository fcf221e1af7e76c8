"""Questions about visits that cross relations."""
