"""Carrying notices out. The rows are the truth, the broker only rings.

A delivery is claimed with a lease and its attempt counted before anything is sent, so that a
killed worker is noticed, its letter taken up again and a poisonous one put aside. The same
Message-ID on every attempt lets the reader's mail program see a repetition as one letter.
"""

import hashlib
import hmac
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet

from casework.ics import invitation
from casework.letters import DEFAULT_LANGUAGE, html, letter
from casework.models import Delivery, Notice

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
MOST_TRIES = 5
BATCH = 50


def deliver(at: datetime) -> int:
    """Send what waits; how many letters left."""
    return sum(_send(delivery, at) for delivery in claim(at))


def waiting(at: datetime) -> QuerySet[Delivery]:
    """Deliveries nobody holds: queued and due, or held by somebody who died."""
    queued = Q(state=Delivery.State.QUEUED, available_at__lte=at)
    dropped = Q(state=Delivery.State.SENDING, lease_until__lt=at)
    return Delivery.objects.filter(queued | dropped)


def claim(at: datetime) -> list[Delivery]:
    """Take some of them for the length of a lease; nobody else gets the same ones."""
    with transaction.atomic():
        locked = waiting(at).select_for_update(skip_locked=True).order_by("available_at")
        taken = list(locked.values_list("pk", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=taken).update(
            state=Delivery.State.SENDING, lease_until=at + LEASE, attempts=F("attempts") + 1
        )
    related = "notice__person", "notice__case"
    return list(Delivery.objects.filter(pk__in=taken).select_related(*related).order_by("pk"))


def message_id(notice: Notice) -> str:
    """The same for every attempt, and telling nothing of the reader."""
    secret = settings.SECRET_KEY.encode()
    sign = hmac.new(secret, notice.key.encode(), hashlib.sha256).hexdigest()[:32]
    return f"<{sign}@{settings.OPEN_DOORS_HOST}>"


def _send(delivery: Delivery, at: datetime) -> bool:
    if delivery.attempts > MOST_TRIES:
        _end(delivery, Delivery.State.DEAD, trouble="gave up after repeated attempts")
        return False
    try:
        _message(delivery.notice).send()
    except Exception as error:
        log.warning("Delivery %s failed: %s", delivery.pk, type(error).__name__)
        pause = timedelta(seconds=15 * 2**delivery.attempts)
        again = {"available_at": at + pause, "trouble": type(error).__name__}
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.QUEUED, lease_until=None, **again
        )
        return False
    _end(delivery, Delivery.State.SENT, sent_at=at)
    return True


def _end(delivery: Delivery, state: str, **fields: object) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, lease_until=None, **fields)


def _message(notice: Notice) -> EmailMultiAlternatives:
    language = notice.person.language or DEFAULT_LANGUAGE
    found = letter(notice)
    message = EmailMultiAlternatives(
        found.subject,
        found.text + "\n",
        to=[notice.person.email],
        headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html(found, language), "text/html")
    if calendar := notice.values.get("calendar"):
        message.attach("visit.ics", invitation(calendar, found.subject), "text/calendar")
    return message
