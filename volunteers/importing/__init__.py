"""From an NGO's list of volunteers to people: what a file would change, and changing it."""
