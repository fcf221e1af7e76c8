"""Changes that are not steps: booking opens a case, the gate notes, reminders go out."""
