"""How often somebody may ask to come in."""

import hashlib
import hmac
import logging
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from redis.exceptions import RedisError

from accounts.roles import Role
from casework.models import Invitation

log = logging.getLogger(__name__)
MOST = 5
HOUR = timedelta(hours=1)
ACTION = "ngo_comes_in"
RATES = {ACTION: f"{MOST}/1h/key"}


def may_come_in(request: HttpRequest, at: datetime) -> bool:
    """Five an hour from one address, of which only a keyed digest is kept.

    Without the cache the five are shared by the whole city rather than lifted.
    """
    address = get_adapter().get_client_ip(request).encode()
    sign = hmac.new(settings.SECRET_KEY.encode(), address, hashlib.sha256).hexdigest()
    try:
        used = ratelimit.consume(request, app="registry", action=ACTION, config=RATES, key=sign)
    except RedisError:
        log.warning("The cache does not answer: applicants are counted in the database.")
        asked = Invitation.objects.filter(invited_by=None, role=Role.HEAD, at__gt=at - HOUR)
        return asked.count() < MOST
    return used is not None
