"""What must hold before a door is opened or shut, and before an agreement is signed."""
