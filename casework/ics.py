"""A calendar entry beside a letter: one per case, updated by the same identifier."""

from datetime import datetime
from typing import Any


def invitation(entry: dict[str, Any], summary: str) -> str:
    """`entry`: uid, sequence, begins, ends (ISO), place, cancelled; the calendar file's text."""
    # Only a letter about a visit needs the library; every process would load it.
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//Open Doors//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.get("cancelled") else "PUBLISH")
    event = Event()
    event.add("uid", entry["uid"])
    event.add("sequence", entry.get("sequence", 0))
    event.add("summary", summary)
    event.add("dtstart", datetime.fromisoformat(entry["begins"]))
    event.add("dtend", datetime.fromisoformat(entry["ends"]))
    event.add("dtstamp", datetime.fromisoformat(entry["stamp"]))
    event.add("location", entry.get("place", ""))
    event.add("status", "CANCELLED" if entry.get("cancelled") else "CONFIRMED")
    calendar.add_component(event)
    return str(calendar.to_ical().decode())
