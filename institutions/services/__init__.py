"""Changes that are not steps: drafts, slots, offers."""
