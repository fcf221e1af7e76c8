"""What must hold before casework's own steps."""
