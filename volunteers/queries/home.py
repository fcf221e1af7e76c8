"""What the home page says of clearance: one next step, and what a coordinator should know."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Organisation, User
from registry.models import BatchState, ImportBatch
from volunteers.importing.importer import KIND
from volunteers.models import Volunteer
from volunteers.queries.checklist import clearances_of, next_task
from volunteers.queries.people import expiring

LEADS = (7, 14, 30)


@dataclass(frozen=True)
class NextStep:
    """The one next thing: what, why, and where it is done."""

    text: str
    why: str
    how: str
    url: str


@dataclass(frozen=True)
class Fact:
    """A number that opens a list."""

    number: int
    text: str
    url: str
    late: bool = False


def next_step(person: User, on: date) -> NextStep | None:
    """The volunteer's next step towards clearance; None when nothing is theirs to do."""
    volunteer = Volunteer.objects.filter(pk=person.pk).first()
    task = next_task(clearances_of(volunteer, on)) if volunteer else None
    if task is None:
        return None
    asked, url = task.requirement, reverse("clearance")
    where = task.url or f"{url}#{asked.code}"
    return NextStep(asked.name, asked.spoken("why"), asked.spoken("how"), where)


def coordinator_facts(ngo: Organisation, on: date) -> list[Fact]:
    """Numbers for an NGO's home: what ends soon, and files that were read but not written."""
    ends = [one.valid_through for one in expiring(ngo.pk, on, max(LEADS)) if one.valid_through]
    found = [_ending(sum((end - on).days <= days for end in ends), days) for days in LEADS]
    ready = ImportBatch.objects.filter(owner=ngo, kind=KIND, state=BatchState.READY).count()
    text = ngettext("file read but not written", "files read but not written", ready)
    return [*found, Fact(ready, text, reverse("people-import"))]


def _ending(number: int, days: int) -> Fact:
    text = ngettext("term ends within %(days)d days", "terms end within %(days)d days", number)
    url = f"{reverse('people')}?days={days}"
    return Fact(number, text % {"days": days}, url, late=bool(number) and days == min(LEADS))
