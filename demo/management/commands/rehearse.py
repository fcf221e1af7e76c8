"""`manage.py rehearse`: three months of the demonstration's life, lived through the steps."""

import json
import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Organisation
from casework.models import Case
from demo.life import live


class Command(BaseCommand):
    """Live until now in an empty database; exit 0 when it is there, 1 when something is already."""

    help = "Fill the demonstration with three months of life, up to this moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to leave a filled database alone, until when to live, and for whom to answer."""
        parser.add_argument("--if-empty", action="store_true")
        parser.add_argument("--now", help="the moment to live until (ISO 8601), otherwise now")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, live, say how long it took."""
        now, as_json = _moment(options["now"]), options["json"]
        if Organisation.objects.exists():
            if not options["if_empty"]:
                raise CommandError(_("The database is not empty: only an empty one is filled."))
            self._answer({"rehearsed": False}, _("There is life here already."), as_json)
            return
        # Nobody listens to the doorbell yet: it rings here and is heard nowhere.
        current_app.conf.broker_url = "memory://"
        began = time.monotonic()
        stage = live(now, say=self._quiet if as_json else self._say)
        seconds, cases = round(time.monotonic() - began, 1), Case.objects.count()
        facts = {"rehearsed": True, "seconds": seconds, "acts": stage.agenda.taken, "cases": cases}
        words = {"seconds": seconds, "cases": cases}
        told = _("Three months lived in %(seconds)s s: %(cases)d cases.") % words
        self._answer(facts, told, as_json)

    def _answer(self, facts: dict[str, Any], told: str, as_json: bool) -> None:
        self.stdout.write(json.dumps(facts) if as_json else told)

    def _say(self, text: str) -> None:
        self.stdout.write(f"{text}…")
        self.stdout.flush()

    def _quiet(self, text: str) -> None:
        """JSON stands alone."""


def _moment(text: str | None) -> datetime:
    """The moment to live until, in Moscow unless it says otherwise; raises CommandError."""
    if text is None:
        return timezone.now()
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(_("“%(text)s” is not a moment like 2027-01-01T00:10.") % {"text": text})
    return found if timezone.is_aware(found) else timezone.make_aware(found)
