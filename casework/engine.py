"""Taking a step: one transaction in which everything happens, or nothing does.

The same form key gives the same answer; the case's row is locked; party, own case, state and
version are judged; every rule speaks; then state, terms, decision, audit entry and notices are
written together. The only place that assigns a case's state.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework import ripple, terms, trail
from casework.models import Case, Concerned, Decision
from casework.papers import issue
from casework.parameters import Rules, rules_known, rules_of, with_rules
from casework.parties import is_about, with_concerned
from casework.process import STAYS, Ask, Flow, Objection, Refused, Step, flow_of
from casework.telling import tell

T = TypeVar("T")
TRIES = 3
# Papers are written in the language of the law.
OFFICIAL = "ru"
EXCLUDED, NOT_UNIQUE = "23P01", "23505"

NOT_YOURS = Objection("not_yours", _("This step is not yours to take in this case."))
OWN_CASE = Objection(
    "own_case",
    _("You belong to the side that asks, so somebody else must decide."),
    _("Another member with the same role can do it."),
)
CHANGED = Objection(
    "changed",
    _("The case has changed since you opened the page."),
    _("Look at it again: what you see now is up to date."),
)
TAKEN = Objection("taken", _("Somebody was quicker: it has just been taken."))
TOUCHED = Objection("touched", _("The step touches what others have planned: confirm it first."))
USED_KEY = Objection("used", _("This form was already sent with other answers."))


def open_case(
    flow: type[Flow[Any]],
    *,
    owner: Organisation,
    at: datetime,
    by: User | None,
    asker: Organisation | None = None,
    concerned: Iterable[User] = (),
) -> Case:
    """A new case in its flow's first state; the caller adds the detail and takes the first step."""
    case = Case.objects.create(
        kind=flow.kind,
        letter=flow.letter,
        state=flow.start,
        owner=owner,
        asker=asker,
        opened_by=by,
        opened_at=at,
    )
    Concerned.objects.bulk_create(Concerned(case=case, person=person) for person in concerned)
    return case


def retried(work: Callable[[], T]) -> T:
    """Run a transaction again when the database asks for it: deadlock, serialisation."""
    for left in range(TRIES - 1, -1, -1):
        try:
            with transaction.atomic():
                return work()
        except OperationalError:
            if not left or connection.in_atomic_block:
                raise
        except IntegrityError as error:
            if getattr(error.__cause__, "pgcode", "") in {EXCLUDED, NOT_UNIQUE}:
                raise Refused(TAKEN) from error
            raise
    raise AssertionError("unreachable")


def take(
    step: Step,
    detail: Any,
    *,
    by: Acting | None,
    at: datetime,
    key: str,
    seen: int | None,
    opened: bool,
    answers: dict[str, Any],
) -> Decision:
    """Take one step; raises Refused with every reason."""
    confirmed = answers.pop("confirmed", None)
    full_key = f"{by.user.pk if by else 'clock'}:{key}"
    sign = _sign(step, detail.pk, answers)

    def once() -> Decision:
        held = (detail, rules_at(detail, at)) if opened else _held(step.flow, detail.pk, at)
        ask = Ask(held[0], by, at, held[1], answers, attempted=True, taken=True)
        _judge(step, ask, seen)
        if step.ripple:
            _settle(step, ask, confirmed)
        return _write(step, ask, full_key, sign)

    if opened:
        # Within the transaction that made the case: it ends as a whole, or is tried again.
        return once()
    try:
        return retried(once)
    except Refused:
        # The key is the decision's and unique: whoever sent this form before gets its answer.
        if earlier := Decision.objects.filter(key=full_key).first():
            if earlier.asked != sign:
                raise Refused(USED_KEY) from None
            return earlier
        raise


def offers(detail: Any, by: Acting, at: datetime) -> list[tuple[Step, list[Objection]]]:
    """The steps that whoever looks may take now, each with what stands in its way."""
    ask = Ask(detail, by, at, rules_at(detail, at))
    return [
        (step, list(objections(step, ask)))
        for step in flow_of(detail.case).steps.values()
        if detail.case.state in step.sources and step.by.admits(by, detail)
    ]


def objections(step: Step, ask: Ask[Any]) -> Iterable[Objection]:
    """Everything that stands in a step's way, whoever asks."""
    if step.decides and ask.by is not None and _own(ask):
        yield OWN_CASE
    if step.extends:
        yield from terms.why_not_extended(ask, step.extends[0])
    for rule in step.rules:
        yield from rule(ask)


def _held(flow: type[Flow[Any]], pk: int, at: datetime) -> tuple[Any, Rules]:
    """The detail as it is once nobody else can change its case, and the rules of that day.

    Two queries: one that waited for the lock would still show the detail of before. The lock lets
    others point at the case: a changed calendar tells of many cases, and waits for none.
    """
    held = Case.objects.select_for_update(of=("self",), no_key=True)
    cases = held.select_related("owner")
    case = with_rules(cases, at).get(pk=pk)
    details = flow.model._default_manager.select_related(*flow.related)
    detail = with_concerned(details).get(pk=pk)
    detail.case = case
    return detail, rules_of(case)


def rules_at(detail: Any, at: datetime) -> Rules:
    """The rules of this instant, on the day it is where the case's owner is."""
    return rules_known(detail, at.astimezone(ZoneInfo(detail.case.owner.zone)).date())


def _judge(step: Step, ask: Ask[Any], seen: int | None) -> None:
    if not step.by.admits(ask.by, ask.detail):
        raise Refused(NOT_YOURS)
    if ask.case.state not in step.sources:
        raise Refused(CHANGED)
    if seen is not None and seen != ask.case.version:
        raise Refused(CHANGED)
    if found := list(objections(step, ask)):
        raise Refused(*found)


def _own(ask: Ask[Any]) -> bool:
    """Whoever decides must belong to the asking side in none of their hats."""
    assert ask.by is not None  # noqa: S101  (the clock decides nothing)
    case = ask.case
    if ask.by.user.pk == case.opened_by_id or ask.by.belongs_to(case.asker_id):
        return True
    return is_about(ask.detail, ask.by.user.pk)


def _settle(step: Step, ask: Ask[Any], confirmed: str | None) -> None:
    touched = ripple.touched_by(step.ripple, ask)
    # What time brings was shown and confirmed when it was decided.
    if touched and ask.by is not None and confirmed != ripple.digest(touched):
        raise Refused(TOUCHED)
    ripple.settle(step.ripple, ask)


def _write(step: Step, ask: Ask[Any], key: str, sign: str) -> Decision:
    case, before = ask.case, ask.case.state
    for consequence in step.then:
        consequence(ask)
    after = before if step.target == STAYS else step.target
    _move(step, ask, after)
    told = _tell(step, ask, key)
    decision = Decision.objects.create(
        case=case,
        step=step.name,
        before=before,
        after=after,
        actor_id=ask.by.user.pk if ask.by else None,
        membership=ask.by.membership if ask.by else None,
        opened_by_id=case.opened_by_id,
        at=ask.at,
        recorded_at=ask.at,
        rulebook_id=ask.rules.version,
        code=str(ask.answer("code") or ""),
        reason=str(ask.answer("reason") or ""),
        told=told,
        key=key,
        asked=sign,
        decides=step.decides,
        settles=step.settles,
    )
    if step.name in step.flow.prints:
        _print(step, ask, decision)
    trail.record(
        tenant=case.owner_id,
        actor=decision.actor_id,
        action=f"{case.kind}.{step.name}",
        subject=f"case:{case.pk}",
        values=f"{before}>{after}|{sign}",
    )
    return decision


def _print(step: Step, ask: Ask[Any], decision: Decision) -> None:
    """The paper says what holds at this moment; what changes later does not change it."""
    with translation.override(OFFICIAL):
        printed = step.flow.prints[step.name](ask.detail, decision)
        issue(
            printed.kind,
            case=ask.case,
            decision=decision,
            organisation=printed.issuer,
            values=printed.values,
            language=OFFICIAL,
            at=ask.at,
            by=decision.actor,
        )


def _move(step: Step, ask: Ask[Any], after: str) -> None:
    case, before, stage = ask.case, ask.case.state, step.flow.stages[after]
    if step.marks:
        terms.running(case, step.marks).update(escalated_at=ask.at)
    if step.extends:
        terms.extend(ask, *step.extends)
    terms.resume(ask, *step.resumes)
    terms.restart(ask, step.flow.stages[after], step.restarts)
    case.version += 1
    if after != before:
        case.state = after
        case.closed_at = ask.at if stage.owner is None else None
        terms.renew(ask, step.flow.stages[before], stage)
    case.save(update_fields=["state", "version", "closed_at"])


def _tell(step: Step, ask: Ask[Any], key: str) -> int:
    if not step.tell:
        return 0
    heard = Q()
    for party in step.tell:
        heard |= Q(pk__in=party.people(ask.detail, ask.on).values("pk"))
    people = User.objects.filter(heard).exclude(pk=(ask.by and ask.by.user.pk) or 0)
    values = step.flow.facts(ask.detail) | {
        "code": str(ask.answer("code") or ""),
        "reason": str(ask.answer("reason") or ""),
    }
    kind = f"{step.flow.kind}_{step.name}"
    return tell(people, kind=kind, values=values, at=ask.at, key=key, case=ask.case)


def _sign(step: Step, pk: int, answers: dict[str, Any]) -> str:
    body = json.dumps([step.flow.kind, step.name, pk, answers], default=str, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()
