"""A case that somebody writes and sends in one go: judged in words, kept, its first step taken."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework.engine import NOT_YOURS, objections, open_case, retried, rules_at
from casework.models import Case, Decision, Detail
from casework.process import Ask, Refused, Step

D = TypeVar("D", bound=Detail)


def writer(by: Acting) -> tuple[Organisation, User]:
    """For which organisation somebody writes, and who; raises Refused where it is for none."""
    if by.organisation is None or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    return by.organisation, by.user


def judge(step: Step, detail: Detail, *, by: Acting, at: datetime) -> None:
    """Before the database refuses what it would refuse anyway, say all of it in words."""
    ask: Ask[Any] = Ask(detail, by, at, rules_at(detail, at))
    if found := list(objections(step, ask)):
        raise Refused(*found)


def sent_before(step: Step, by: Acting, key: str) -> Any:
    """The detail that this form has already made by this step, or None."""
    sent = Decision.objects.filter(key=f"{by.user.pk}:{key}", step=step.name)
    return step.flow.model._default_manager.filter(case__in=sent.values("case")).first()


def begin(
    step: Step,
    make: Callable[[Case, User], D],
    *,
    by: Acting,
    at: datetime,
    key: str,
    keep: Callable[[D], object] | None = None,
) -> D:
    """The case of the writer's own organisation that this step begins.

    `make` writes the detail, `keep` what hangs on it once it is saved. The same key gives the same
    detail; raises Refused with every reason.
    """
    owner, user = writer(by)

    def begun() -> D:
        if earlier := sent_before(step, by, key):
            known: D = earlier
            return known
        detail = make(open_case(step.flow, owner=owner, by=user, at=at), user)
        judge(step, detail, by=by, at=at)
        detail.save(force_insert=True)
        if keep is not None:
            keep(detail)
        step(detail, by=by, at=at, key=key, opened=True)
        return detail

    return retried(begun)
