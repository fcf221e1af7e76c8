"""Pages of doors, times and agreements."""
