"""What a declared mode, a closure or an early end does to the site's doors and slots."""

from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.process import Ask, flow_of
from institutions.consequences.slots import refill
from institutions.consequences.timeline import FOREVER, Piece, timeline
from institutions.models import Door, GuestMode
from registry.models import Site

SUPERSEDE = "supersede"


def declare(ask: Ask[GuestMode]) -> None:
    """The mode holds from its first day: doors, slots, and what it replaces."""
    ask.detail.published_at = ask.at
    ask.detail.save(update_fields=["published_at"])
    _swing(ask)


def stop(ask: Ask[GuestMode]) -> None:
    """It holds no longer from today on; before its first day it never held at all."""
    ask.detail.stopped_on = ask.on
    ask.detail.save(update_fields=["stopped_on"])
    _swing(ask)


def _swing(ask: Ask[GuestMode]) -> None:
    site_id = ask.detail.site_id
    # Two declarations for one site wait for each other here.
    Site.objects.select_for_update().get(pk=site_id)
    hang(site_id, ask.at)
    refill([site_id], ask.at, ask.rules.number("slots.ahead"))
    site = GuestMode.objects.filter(site=site_id).exclude(pk=ask.detail.pk)
    supersede(list(site.passed(ask.on).select_related("case__owner")), ask.at)


def hang(site_id: int, at: datetime) -> None:
    """Make the doors what the modes say: a row that differs is withdrawn, a new one written."""
    wanted = set(timeline(GuestMode.objects.filter(site=site_id).published()))
    standing = Door.objects.filter(site=site_id, withdrawn_at__isnull=True)
    known = {_piece(door): door.pk for door in standing}
    gone = [pk for piece, pk in known.items() if piece not in wanted]
    Door.objects.filter(pk__in=gone).update(withdrawn_at=at)
    Door.objects.bulk_create(
        Door(
            site_id=site_id,
            mode_id=piece.mode_id,
            level=piece.level,
            during=DateRange(piece.lower, _upper(piece)),
            since=at,
        )
        for piece in sorted(wanted - known.keys(), key=lambda piece: piece.lower)
    )


def supersede(modes: list[GuestMode], at: datetime) -> None:
    """Close the cases of modes that newer ones have replaced to their last day."""
    for mode in modes:
        step = flow_of(mode.case).steps[SUPERSEDE]
        step(mode, by=None, at=at, key=f"{SUPERSEDE}:{mode.pk}")


def _piece(door: Door) -> Piece:
    return Piece(door.mode_id, door.level, door.during.lower, door.during.upper or FOREVER)


def _upper(piece: Piece) -> date | None:
    return None if piece.upper == FOREVER else piece.upper
