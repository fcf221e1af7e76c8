"""Questions about doors, slots and agreements."""
