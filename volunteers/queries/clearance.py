"""Who is cleared: answered when it is asked, never kept. The one place that knows the rule.

Without an institution, what each institution asks for itself (induction, experience, trust) is
left out of the answer. A tier asks for its own requirements and for those of the tiers below.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from registry.models import Tier
from volunteers.models import CheckedBy, Requirement, Volunteer
from volunteers.models.vetting import (
    EXPERIENCE,
    PARENT,
)
from volunteers.queries.facts import (
    OF_AGE,
    YOUNGEST,
    Aim,
    Enough,
    Facts,
    Held,
    Visited,
    asked_on,
    facts,
)
from volunteers.validity import MONTHS, months_after

MISSING, WAITING, EXPIRED, ENDS_BEFORE = "missing", "waiting", "expired", "ends_before"
MINOR, TOO_YOUNG, BIRTHDAY, OTHER_TRACK = "minor", "too_young", "birthday", "other_track"
HALTED = "halted"
ANSWERED = (Tier.V0, Tier.V1, Tier.V2, Tier.V3)

REMEDIES: dict[str, Promise] = {
    CheckedBy.SELF: lazy("The volunteer agrees to it on the page of their clearance."),
    CheckedBy.NGO: lazy("The volunteer’s NGO records it."),
    CheckedBy.INSTITUTION: lazy("The institution records it."),
    CheckedBy.DEPARTMENT: lazy("The Department records it, two people confirm."),
    CheckedBy.SYSTEM: lazy("The volunteer earns it themselves; the system notes it."),
}
WORDS: dict[str, Promise] = {
    MISSING: lazy("%(name)s: there is none yet."),
    WAITING: lazy("%(name)s: waits for the second checker."),
    EXPIRED: lazy("%(name)s: held through %(day)s."),
    ENDS_BEFORE: lazy("%(name)s: holds through %(day)s, which is not long enough."),
}


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a person and a tier; `requirement` is None for their age.

    `clears_on` is the day on which it clears by itself, where it does.
    """

    requirement: Requirement | None
    why: str
    tier: str
    text: str
    remedy: str = ""
    valid_through: date | None = None
    url: str = ""
    clears_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """The highest tier somebody is cleared for (empty: none), until when, and what is missing."""

    tier: str
    until: date | None
    missing: Sequence[Missing]

    @property
    def label(self) -> str:
        """The tier in words."""
        return str(Tier(self.tier).label) if self.tier else ""

    @property
    def halted(self) -> bool:
        """Whether nothing that could be recorded now would help."""
        return any(one.why == HALTED for one in self.missing)

    @property
    def next_missing(self) -> list[Missing]:
        """What is missing for the next tier."""
        following = min((one.tier for one in self.missing), default="")
        return [one for one in self.missing if one.tier == following]


def missing_for(
    people: Iterable[int], tier: str, institution_id: int | None, first_on: date, last_on: date
) -> dict[int, list[Missing]]:
    """What each person lacks for this tier there, from the first day through the last."""
    keys = list(people)
    known = facts(keys, tier=tier, institution=institution_id, on=first_on)
    return {key: list(lacking(known, key, tier, institution_id, first_on, last_on)) for key in keys}


def is_cleared(
    person: int, tier: str, institution_id: int | None, first_on: date, last_on: date
) -> bool:
    """Whether nothing is missing."""
    return not missing_for([person], tier, institution_id, first_on, last_on)[person]


def standings(people: Iterable[int], institution_id: int | None, on: date) -> dict[int, Standing]:
    """How each person stands on this day: one query."""
    keys = list(people)
    known = facts(keys, tier=Tier.V3, institution=institution_id, on=on)
    return {key: standing(known, key, institution_id, on) for key in keys}


def standing(known: Facts, person: int, institution: int | None, on: date) -> Standing:
    """How one person stands on this day, by facts at hand."""
    missing = list(lacking(known, person, Tier.V3, institution, on, on))
    first = min((one.tier for one in missing), default=Tier.V4.value)
    tier = max((one.value for one in ANSWERED if one.value < first), default="")
    ends = [
        held.through
        for requirement in _asked(known, person, Aim(tier, institution, on, on))
        if (held := best(known.of(person, requirement, institution), on)) and held.through
    ]
    return Standing(tier, min(ends, default=None), missing)


def hold(people: Any) -> list[User]:
    """Lock these volunteers until the transaction ends, always in the same order.

    `people`: their keys, or a query for them. Whoever is no volunteer is not among the answers.
    Whoever records or revokes an outcome holds them, and so does whoever books or approves by
    their clearance: what was read stays true until it is written.
    """
    held = Volunteer.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    return [one.person for one in held.filter(pk__in=people).order_by("pk")]


def lacking(  # noqa: PLR0917  (the same words as a call of `missing_for`)
    known: Facts, person: int, tier: str, institution: int | None, first_on: date, last_on: date
) -> Iterator[Missing]:
    """Everything one person lacks, by facts at hand: age first, then requirements in order."""
    aim = Aim(tier, institution, first_on, last_on)
    if any(one.touch(first_on, last_on) for one in known.halted.get(person, ())):
        # The same words whatever halts them: nobody learns the ground, or that there is one.
        remedy = _("The Department answers questions about it.")
        yield Missing(None, HALTED, Tier.V0, _("Not cleared at present."), remedy)
    yield from _age(known.born.get(person), tier, first_on)
    for requirement in _asked(known, person, aim):
        if requirement.code == EXPERIENCE:
            yield from _experience(requirement, known.visited.get(person, Visited()), known.enough)
        else:
            yield from _outcome(requirement, known.of(person, requirement, institution), aim)


def lacks(
    known: Facts, person: int, requirement: Requirement, institution: int | None, on: date
) -> bool:
    """Whether somebody does not meet this one requirement on a day, whoever it is asked of."""
    if requirement.code == EXPERIENCE:
        there = known.visited.get(person, Visited())
        return bool([*_experience(requirement, there, known.enough)])
    held = best(known.of(person, requirement, institution), on)
    return held is None or not held.reaches(on)


def best(held: Iterable[Held], on: date) -> Held | None:
    """The outcome that counts on this day and lasts longest."""
    counting = [one for one in held if one.counts and one.on <= on]
    return max(counting, key=lambda one: one.through or date.max, default=None)


def age_on(born: date | None, on: date) -> int | None:
    """Whole years on a day."""
    return Volunteer(born_on=born).age_on(on)


def _asked(known: Facts, person: int, aim: Aim) -> Iterator[Requirement]:
    age = age_on(known.born.get(person), aim.first_on)
    of_age = age is None or age >= OF_AGE
    for requirement in asked_on(known.requirements, aim.first_on, aim.last_on):
        if requirement.tier > aim.tier or (requirement.per_institution and not aim.institution):
            continue
        if requirement.code != PARENT or not of_age:
            yield requirement


def _age(born: date | None, tier: str, on: date) -> Iterator[Missing]:
    age = age_on(born, on)
    if age is not None and age < YOUNGEST:
        text = _("Under 14 nobody volunteers here.")
        yield Missing(None, TOO_YOUNG, Tier.V0, text, clears_on=_birthday(born, YOUNGEST))
    elif tier >= Tier.V2 and age is None:
        remedy = _("The NGO adds the date of birth.")
        yield Missing(None, BIRTHDAY, Tier.V2, _("The date of birth is not known."), remedy)
    elif tier >= Tier.V2 and age is not None and age < OF_AGE:
        remedy = _("Choose work without contact with residents, with a parent’s consent.")
        text, grown = _("Under 18: no contact work."), _birthday(born, OF_AGE)
        yield Missing(None, MINOR, Tier.V2, text, remedy, clears_on=grown)
    if tier == Tier.V4:
        text = _("Guest families take a road of their own, through the guardianship authority.")
        yield Missing(None, OTHER_TRACK, Tier.V4, text)


def _birthday(born: date | None, years: int) -> date | None:
    return months_after(born, years * MONTHS) if born else None


def _experience(requirement: Requirement, there: Visited, enough: Enough) -> Iterator[Missing]:
    first, last = there.first, there.last
    spread = first and last and months_after(first, enough.months) <= last
    if there.times >= enough.visits and spread:
        return
    text = _("%(name)s: %(times)d visits of %(visits)d, over no less than %(months)d months.")
    words = {
        "name": requirement.name,
        "times": there.times,
        "visits": enough.visits,
        "months": enough.months,
    }
    yield _missing(requirement, MISSING, text % words)


def _outcome(requirement: Requirement, held: Sequence[Held], aim: Aim) -> Iterator[Missing]:
    counting = best(held, aim.first_on)
    if counting and counting.reaches(aim.last_on):
        return
    why, through = MISSING, None
    if counting and counting.reaches(aim.first_on):
        why, through = ENDS_BEFORE, counting.through
    elif any(one.state == "waiting_second" for one in held):
        why = WAITING
    elif ended := [one.through for one in held if one.through and _ended(one, aim.first_on)]:
        why, through = EXPIRED, max(ended)
    day = date_format(through, "j E Y") if through else ""
    text = str(WORDS[why]) % {"name": requirement.name, "day": day}
    yield _missing(requirement, why, text, through)


def _ended(held: Held, on: date) -> bool:
    return (held.counts or held.state == "expired") and not held.reaches(on)


def _missing(requirement: Requirement, why: str, text: str, through: date | None = None) -> Missing:
    return Missing(
        requirement,
        why,
        requirement.tier,
        text,
        str(REMEDIES[requirement.checked_by]),
        through,
        f"{reverse('clearance')}#{requirement.code}",
    )
