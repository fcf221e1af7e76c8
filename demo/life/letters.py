"""What was told in those months: read by its readers, its letters gone. The last day's wait."""

from datetime import datetime

from django.db.models import F

from casework.models import Delivery, Notice
from demo.days import DAY, MINUTE
from demo.stage import Stage


def plan(stage: Stage) -> None:
    """The very last act."""
    stage.agenda.add(stage.days.now, _settle)


def _settle(at: datetime) -> None:
    """Letters of the past went nowhere, as all letters here do; the last day's go out in truth."""
    past = Delivery.objects.filter(available_at__lt=at - DAY)
    past.update(state=Delivery.State.SENT, attempts=1, sent_at=F("available_at") + MINUTE / 6)
    Notice.objects.filter(at__lt=at - 2 * DAY).update(read_at=F("at") + 90 * MINUTE)
