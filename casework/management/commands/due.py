"""`manage.py due DATE N`: the last day of a term, from the same calendar as every page."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.calendar import OutsideTheCalendar, working_calendar


class Command(BaseCommand):
    """Print the due date alone, or as JSON with the days that were counted."""

    help = "The last day of a term of N days after DATE (YYYY-MM-DD); N working days by default."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The date of the event, the length and its unit."""
        parser.add_argument("date", type=date.fromisoformat)
        parser.add_argument("days", type=int)
        parser.add_argument("--unit", choices=("wd", "cd"), default="wd")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 2 where the calendar does not reach."""
        calendar, start, days = working_calendar(), options["date"], options["days"]
        try:
            due = calendar.due(start, days, options["unit"])
        except (OutsideTheCalendar, OverflowError) as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if not options["json"]:
            self.stdout.write(due.isoformat())
            return
        answer = {
            "start": start.isoformat(),
            "days": days,
            "unit": options["unit"],
            "due": due.isoformat(),
            "provisional": calendar.is_provisional(start, due),
        }
        self.stdout.write(json.dumps(answer))
