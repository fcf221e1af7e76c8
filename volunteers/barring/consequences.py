"""What follows from barring, suspending and knowing somebody again; who is told in other words.

An NGO, and the person where nothing is decided yet, hear that there is no clearance at present:
never the ground.
"""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from casework.process import Ask, Flow
from casework.telling import tell
from volunteers.barring.comparing import know_again
from volunteers.barring.parties import own_side, the_person, their_ngos
from volunteers.barring.words import in_both
from volunteers.models import Bar, BarMark, Halt, Likeness, PersonSuspension

GROUND = ("ground", "reason")


def write_the_proposal(ask: Ask[Bar]) -> None:
    """Who proposes it and why; from now on it stands."""
    bar = ask.detail
    bar.ground, bar.reason, bar.stands = ask.answer("ground"), ask.answer("reason"), True
    bar.proposed_by = _by(ask)
    bar.save(update_fields=[*GROUND, "stands", "proposed_by"])
    _halt(ask)


def know_them_again(ask: Ask[Bar]) -> None:
    """Whoever looks like the person is asked about."""
    know_again(ask.detail, ask.detail.volunteer_id, ask.at)


def write_the_second(ask: Ask[Bar]) -> None:
    """Who confirmed."""
    ask.detail.confirmed_by = _by(ask)
    ask.detail.save(update_fields=["confirmed_by"])


def write_who_asks_for_removal(ask: Ask[Bar]) -> None:
    """Who asked for the removal: somebody else decides."""
    ask.detail.removal_by = _by(ask)
    ask.detail.save(update_fields=["removal_by"])


def write_who_lifts(ask: Ask[Bar]) -> None:
    """Who lifted it."""
    ask.detail.lifted_by = _by(ask)
    ask.detail.save(update_fields=["lifted_by"])


def let_the_person_go(ask: Ask[Bar]) -> None:
    """The bar stands no longer: nobody is held by it or known again by it."""
    bar = ask.detail
    bar.stands = False
    bar.save(update_fields=["stands"])
    BarMark.objects.filter(bar=bar).delete()
    alike = Likeness.objects.filter(bar=bar).select_related("case__owner", "volunteer", "bar")
    cases = Q(case=bar.pk) | Q(case__likeness__bar=bar.pk)
    Halt.objects.filter(cases, lifted_at=None).update(lifted_at=ask.at)
    for one in alike.filter(case__state="waiting"):
        _drop(one, ask)


def halt_who_is_alike(ask: Ask[Likeness]) -> None:
    """Not cleared until somebody says who they are."""
    _halt(ask)


def join_the_bar(ask: Ask[Likeness]) -> None:
    """The same person: the bar is theirs too, and what they are known by is kept with it."""
    _write_who_decided(ask)
    know_again(ask.detail.bar, ask.detail.volunteer_id, ask.at)


def let_who_is_alike_go(ask: Ask[Likeness]) -> None:
    """Another person: their clearance is what their papers say."""
    _write_who_decided(ask)
    release(ask)


def write_the_suspension(ask: Ask[PersonSuspension]) -> None:
    """From which day through which, why, and by whom."""
    detail = ask.detail
    detail.ground, detail.reason = ask.answer("ground"), ask.answer("reason")
    detail.suspended_by = _by(ask)
    detail.save(update_fields=[*GROUND, "suspended_by"])
    _halt(ask, from_on=detail.from_on, through_on=detail.through_on)


def lift_the_suspension(ask: Ask[PersonSuspension]) -> None:
    """Who lifted it; from now on it holds nobody."""
    ask.detail.lifted_by = _by(ask)
    ask.detail.save(update_fields=["lifted_by"])
    release(ask)


def release(ask: Ask[Any]) -> None:
    """What this case halted is free."""
    Halt.objects.filter(case=ask.case, lifted_at=None).update(lifted_at=ask.at)


def tell_that_it_is_looked_into(ask: Ask[Bar]) -> None:
    """The person and their NGOs: not cleared at present. Nothing is decided yet."""
    _tell_person(ask, "person_held", days=ask.rules.number("bar.hold"))
    tell_their_ngos(ask)


def tell_of_the_bar(ask: Ask[Any]) -> None:
    """The person hears the decision and its ground: it is theirs to know, and nobody else's."""
    bar = ask.detail if isinstance(ask.detail, Bar) else ask.detail.bar
    _tell_person(ask, "person_barred", **in_both(bar), reason=bar.reason)


def tell_their_ngos(ask: Ask[Any]) -> None:
    """That somebody is not cleared at present, and not why."""
    _tell_ngos(ask, "not_cleared")


def tell_their_ngos_it_is_over(ask: Ask[PersonSuspension]) -> None:
    """That what stood in the way of clearance does so no longer."""
    _tell_ngos(ask, "cleared_again")


def tell_that_nothing_holds(ask: Ask[Any]) -> None:
    """The person and their NGOs: what stood in the way of clearance does so no longer."""
    _tell_person(ask, "cleared_again")
    _tell_ngos(ask, "cleared_again")


def _drop(one: Likeness, ask: Ask[Bar]) -> None:
    flow = Flow.by_kind["likeness"]
    flow.steps["drop"](one, by=None, at=ask.at, key=f"drop:{one.case_id}")


def _halt(ask: Ask[Any], **days: Any) -> None:
    Halt.objects.create(volunteer_id=ask.detail.volunteer_id, case=ask.case, **days)


def _write_who_decided(ask: Ask[Likeness]) -> None:
    ask.detail.decided_by = _by(ask)
    ask.detail.save(update_fields=["decided_by"])


def _by(ask: Ask[Any]) -> User:
    assert ask.by is not None  # noqa: S101  (only a person takes these steps)
    assert isinstance(ask.by.user, User)  # noqa: S101  (who is signed in)
    return ask.by.user


def _tell_person(ask: Ask[Any], kind: str, **values: Any) -> None:
    _tell(ask, the_person.people(ask.detail, ask.on), kind, reverse("clearance"), **values)


def _tell_ngos(ask: Ask[Any], kind: str) -> None:
    people = their_ngos.people(ask.detail, ask.on)
    if isinstance(ask.detail, PersonSuspension):
        # Of those who suspended, everybody hears by the case itself.
        own = own_side.people(ask.detail, ask.on)
        people = people.exclude(pk__in=own.values("pk"))
    _tell(ask, people, kind, reverse("person", args=[ask.detail.volunteer_id]))


def _tell(ask: Ask[Any], people: Any, kind: str, link: str, **values: Any) -> None:
    """Without the case: its page is for those who decide."""
    said = {"volunteer": str(ask.detail.volunteer), "link": link, **values}
    key = f"{kind}:{ask.case.pk}:{ask.case.version}"
    tell(people, kind=kind, values=said, at=ask.at, key=key)
