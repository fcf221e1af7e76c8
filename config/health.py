"""Two plain answers: is the web process alive, and is everything it needs there."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from redis.exceptions import RedisError

from casework.models import Heartbeat

FRESH = timedelta(seconds=180)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 in plain text while this process answers at all; asks no other service."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, migrations and a worker of this boot are there, else 503."""
    parts = {"database": _database(), "broker": _broker()}
    parts["migrations"] = parts["database"] and _migrations()
    parts["worker"] = parts["migrations"] and _worker()
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database() -> bool:
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def _broker() -> bool:
    try:
        cache.set("readyz", 1, 10)
    except (RedisError, OSError):
        return False
    return True


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _worker() -> bool:
    beat = Heartbeat.objects.filter(boot=settings.OPEN_DOORS_BOOT).order_by("-at").first()
    return beat is not None and timezone.now() - beat.at < FRESH
