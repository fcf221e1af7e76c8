"""The face: what every page shares (navigation, signs, typography)."""
