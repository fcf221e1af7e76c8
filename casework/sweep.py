"""The sweep: what silence leads to, once per term. It tells and frees; it never approves."""

import logging
from datetime import datetime

from casework.lateness import waiting_for_the_sweep
from casework.models import Term
from casework.process import Flow, Refused

log = logging.getLogger(__name__)


def sweep(at: datetime) -> int:
    """Take the step of silence for every term that passed; how many were taken.

    Safe to run by several workers at once and after any outage: the case is locked, and the
    step's key is the term's. A case whose step fails keeps no other waiting.
    """
    waiting = waiting_for_the_sweep(at).select_related("case").order_by("due_at", "pk")
    return sum(_silence(term, at) for term in list(waiting))


def _silence(term: Term, at: datetime) -> bool:
    try:
        _take(term, at)
    except Refused as refused:
        # Somebody moved between the look and the lock: then there was no silence.
        log.info("No silence in case %s: %s", term.case_id, refused)
        return False
    except Exception:
        log.exception("The silence of term %s could not be told.", term.pk)
        return False
    return True


def _take(term: Term, at: datetime) -> None:
    flow = Flow.by_kind[term.case.kind]
    clocks = [clock for stage in flow.stages.values() for clock in stage.clocks]
    clock = next(clock for clock in clocks if clock.name == term.name)
    detail = flow.model._default_manager.get(pk=term.case_id)
    flow.steps[clock.on_silence](detail, by=None, at=at, key=f"{clock.on_silence}:{term.pk}")
