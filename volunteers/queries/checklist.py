"""A person's clearance as a list of tasks: what is done, whose move it is, what comes later."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from registry.models import Tier
from volunteers.models import CheckedBy, Outcome, Requirement, Volunteer
from volunteers.models.vetting import (
    CONDUCT,
    CONSENT,
    FLUOROGRAPHY,
    IDENTITY,
    INDUCTION,
    INTERVIEW,
    MEDICAL,
    PARENT,
    RECORD,
    REFERENCES,
    TEST,
)
from volunteers.queries import clearance
from volunteers.queries.facts import (
    OF_AGE,
    Held,
    asked_from,
)
from volunteers.queries.partners import partners_of

DONE, ENDING, YOURS, WAITING, LATER = "done", "ending", "yours", "waiting", "later"
SOON = timedelta(days=60)
WORDS: dict[str, Promise] = {
    DONE: _("Done"),
    ENDING: _("Ends soon"),
    YOURS: _("Your step"),
    WAITING: _("Waiting for others"),
    LATER: _("Cannot start yet"),
}
SIGNS = {DONE: "check", ENDING: "clock", YOURS: "arrow-right", WAITING: "pause", LATER: "lock"}
TONES = {DONE: "done", ENDING: "waiting", YOURS: "now"}
# What the volunteer begins: a paper to bring, a page to read, a test to take.
BEGUN_BY_THEM = {
    IDENTITY,
    CONSENT,
    CONDUCT,
    PARENT,
    RECORD,
    FLUOROGRAPHY,
    MEDICAL,
    TEST,
    REFERENCES,
}


@dataclass(frozen=True)
class Task:
    """One requirement as its page shows it; `places` are where it is met, and through when;
    `from_on` is the day from which it is asked, where that is to come.
    """

    requirement: Requirement
    status: str
    through: date | None = None
    places: tuple[tuple[str, date | None], ...] = ()
    second: bool = False
    url: str = ""
    from_on: date | None = None

    @property
    def label(self) -> Promise:
        """The status in words."""
        return WORDS[self.status]

    @property
    def sign(self) -> str:
        """The icon beside it."""
        return SIGNS[self.status]

    @property
    def through_today(self) -> bool:
        """Whether it is met today."""
        return self.status in (DONE, ENDING)

    @property
    def tone(self) -> str:
        """How the chip is painted."""
        return TONES.get(self.status, "")


def clearances_of(volunteer: Volunteer, on: date, *, ngo: Organisation | None = None) -> list[Task]:
    """Every requirement that concerns this person, in order.

    For an NGO, only those institutions are named that it works with: where else somebody
    volunteers is told to nobody.
    """
    asked = asked_from(Tier.V3, on)
    outcomes = list(_outcomes(volunteer, ngo, on))
    age = volunteer.age_on(on)
    minor = age is not None and age < OF_AGE
    if minor:
        asked = [one for one in asked if one.tier == Tier.V1]
    shown = [one for one in asked if minor or one.code != PARENT]
    person = _Person(asked, outcomes, _held(outcomes), on)
    met = {one.code for one in shown if person.through(one)}
    return [_task(person, one, met) for one in shown]


@dataclass(frozen=True)
class _Person:
    """What is known of one person on one day."""

    asked: Sequence[Requirement]
    outcomes: Sequence[Outcome]
    recorded: dict[int, list[Held]]
    on: date

    def held(self, requirement: Requirement) -> list[Held]:
        """Everything recorded for it, of whichever institution."""
        return self.recorded.get(requirement.pk, [])

    def through(self, requirement: Requirement) -> Held | None:
        """The outcome that meets it today."""
        found = clearance.best(self.held(requirement), self.on)
        return found if found and found.reaches(self.on) else None

    def places(self, requirement: Requirement) -> Iterator[tuple[str, date | None]]:
        """Where it is met, and through when."""
        for one in self.outcomes:
            if one.institution is None or one.requirement_id != requirement.pk or not one.counts:
                continue
            if one.valid_through is None or one.valid_through >= self.on:
                yield str(one.institution), one.valid_through


def next_task(tasks: Iterable[Task]) -> Task | None:
    """The one thing to do next."""
    return next((one for one in tasks if one.status == YOURS), None)


def _outcomes(volunteer: Volunteer, ngo: Organisation | None, on: date) -> Iterator[Outcome]:
    found: Any = Outcome.objects.filter(volunteer=volunteer.pk).select_related(
        "case", "institution__organisation"
    )
    if ngo is not None:
        found = found.filter(partners_of(ngo.pk))
    yield from found


def _held(outcomes: Sequence[Outcome]) -> dict[int, list[Held]]:
    held: dict[int, list[Held]] = {}
    for one in outcomes:
        row = Held(one.institution_id, one.on, one.valid_through, one.counts, one.case.state)
        held.setdefault(one.requirement_id, []).append(row)
    return held


def _task(person: _Person, requirement: Requirement, met: set[str]) -> Task:
    now, url = person.through(requirement), _url(requirement)
    if now:
        soon = now.through is not None and now.through - person.on <= SOON
        places = tuple(person.places(requirement))
        return Task(requirement, ENDING if soon else DONE, now.through, places, url=url)
    lower = requirement.during.lower
    from_on = lower if lower and lower > person.on else None
    if any(one.state == "waiting_second" for one in person.held(requirement)):
        return Task(requirement, WAITING, second=True, from_on=from_on)
    status = _status(person.asked, requirement, met)
    return Task(requirement, status, url=url, from_on=from_on)


def _status(all_asked: Sequence[Requirement], requirement: Requirement, met: set[str]) -> str:
    if requirement.tier == Tier.V3 and not _all_met(all_asked, Tier.V2, met):
        return LATER
    if requirement.code == INTERVIEW and TEST not in met:
        return LATER
    if requirement.code == INDUCTION and not _all_met(all_asked, Tier.V1, met):
        return LATER
    return YOURS if requirement.code in BEGUN_BY_THEM else WAITING


def _all_met(all_asked: Sequence[Requirement], tier: str, met: set[str]) -> bool:
    """Whether everything up to this tier is met, apart from what institutions ask."""
    asked = [one for one in all_asked if one.tier <= tier and one.code != PARENT]
    return all(one.code in met for one in asked if not one.per_institution)


def _url(requirement: Requirement) -> str:
    """Where the volunteer does it, when it is done here."""
    if requirement.checked_by == CheckedBy.SELF:
        return reverse("agree", args=[requirement.code])
    return reverse("test") if requirement.code == TEST else ""
