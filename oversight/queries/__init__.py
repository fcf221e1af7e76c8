"""What the Department sees: what is late, what it was told, what was done, how doors stand."""
