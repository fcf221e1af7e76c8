"""Applications of NGOs: what they ask for, which one is open, when one may be made again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from casework.editions import CATALOGUE, mark_of
from casework.parameters import Rules, rules_on
from registry.models import Application, Ngo, Registration, TypeVersion, Wanted
from registry.queries.versions import versions, versions_on

DRAFT, RETURNED = "draft", "returned"
WRITING = (DRAFT, RETURNED)
WAITING = ("submitted", RETURNED, "review", "asked")
OPEN = (DRAFT, *WAITING)
RELATED = ("case__owner", "case__asker", "ngo__organisation", "registration")


@dataclass(frozen=True)
class Fitting:
    """A type of interaction and the kinds of institution it is allowed in."""

    code: str
    name: str
    risk: str
    pairs: list[tuple[str, str]]


def fitting(on: date) -> list[Fitting]:
    """Every pair that can be asked for on this day: the pair's key and the kind's name."""
    return [
        Fitting(
            version.type.code,
            version.name,
            version.get_risk_display(),
            [(f"{version.type_id}-{kind.pk}", kind.name) for kind in version.kinds.all()],
        )
        for version in versions_on(on)
    ]


def wanted_pairs(application: Application) -> list[tuple[str, str]]:
    """What an NGO asks for, pair by pair, in words."""
    return _in_words(application, _catalogue(application))


def _in_words(application: Application, catalogue: Sequence[TypeVersion]) -> list[tuple[str, str]]:
    # The newest version names a type, also when it is no longer in force.
    names = {one.type_id: f"{one.type.code} {one.name}" for one in catalogue}
    return [
        (f"{row.type_id}-{row.kind_id}", f"{names[row.type_id]}: {row.kind.name}")
        for row in wanted_of(application)
    ]


def wanted_of(application: Application) -> list[Wanted]:
    """The pairs an NGO asks for, read once for one instance, with the mark of the catalogue."""
    wanted = Wanted.objects.select_related("type", "kind").annotate(mark=mark_of(CATALOGUE))
    prefetch_related_objects(
        [application], Prefetch("wanted", wanted.order_by("type__code", "kind"))
    )
    return list(application.wanted.all())


def _catalogue(application: Application) -> list[TypeVersion]:
    """The catalogue, by the mark that the pairs brought along; without pairs it is not needed."""
    rows: list[Any] = wanted_of(application)
    return versions(rows[0].mark) if rows else []


def wanted_by_type(application: Application) -> list[str]:
    """The same in short: a type, and all the kinds of institution it is asked for in."""
    found: dict[str, list[str]] = {}
    for _pair, words in wanted_pairs(application):
        name, _, kind = words.rpartition(": ")
        found.setdefault(name, []).append(kind)
    return [f"{name}: {', '.join(kinds)}" for name, kinds in found.items()]


def impossible(application: Application, on: date) -> dict[str, str]:
    """The pairs asked for that the catalogue does not allow on this day, in words."""
    catalogue = _catalogue(application)
    fit = {
        f"{one.type_id}-{kind.pk}"
        for one in catalogue
        if on in one.during
        for kind in one.kinds.all()
    }
    return {pair: words for pair, words in _in_words(application, catalogue) if pair not in fit}


@dataclass(frozen=True)
class Renewal:
    """From which day an NGO may apply, and from which day a new registration would hold.

    `opens_on` is None where a registration holds without an end.
    """

    current: Registration | None
    opens_on: date | None
    starts_on: date | None

    def is_open(self, on: date) -> bool:
        """Whether the NGO may apply on this day."""
        return self.opens_on is not None and self.opens_on <= on


def renewal(ngo_id: int, on: date) -> Renewal:
    """When this NGO may apply: at once, or in the last days of the registration it has."""
    return renewal_of(Registration.objects.filter(ngo=ngo_id), on)


def renewal_of(
    registrations: Iterable[Registration], on: date, rules: Rules | None = None
) -> Renewal:
    """The same of an NGO's registrations that are at hand, by the rules of that day."""
    kept = [one for one in registrations if one.withdrawn_on is None and not _is_over(one, on)]
    last = max(kept, key=lambda one: one.during.upper or date.max, default=None)
    if last is None:
        return Renewal(None, on, on)
    end = last.during.upper
    if end is None:
        return Renewal(last, None, None)
    days = (rules or rules_on(on)).number("registration.renewal")
    return Renewal(last, end - timedelta(days=days), end)


def _is_over(registration: Registration, on: date) -> bool:
    return registration.during.upper is not None and registration.during.upper <= on


def applications_of(ngo: int) -> QuerySet[Application, Any]:
    """Everything this NGO ever asked for, the newest first."""
    return Application.objects.filter(ngo=ngo).select_related(*RELATED).order_by("-case__opened_at")


def open_application(ngo: Ngo) -> Application | None:
    """The one that is being written or decided; there is never more than one."""
    return applications_of(ngo.pk).filter(case__state__in=OPEN).first()
