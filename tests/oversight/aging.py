"""One thing of every category of retention that ends on a day, made as the product makes it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.memberships import end, grant
from accounts.models import User
from accounts.roles import Role
from casework.models import Absence, Invitation
from casework.telling import tell
from oversight import services
from oversight.flows import DataRequestFlow
from registry.models import ImportBatch, ImportRow
from tests import factories as make
from tests.oversight.world import told
from tests.volunteers.making import give, key, volunteer
from visits.flows import ConcernFlow
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Attempt, Volunteer

DAY = timedelta(days=1)


def letters(at: datetime) -> None:
    heard = User.objects.filter(pk=helper().pk)
    tell(heard, kind="concern_reply", values={"ref": "C-1"}, at=at, key=key())


def sessions(at: datetime) -> None:
    Session.objects.create(session_key=key(), session_data="x", expire_date=at)


def invitations(at: datetime) -> None:
    person = helper().person
    sent = Invitation.objects.create(
        email=person.email,
        person=person,
        organisation=make.ngo().organisation,
        role=Role.VOLUNTEER,
        at=at - DAY,
        expires_at=at + DAY,
        accepted_at=at,
    )
    heard = User.objects.filter(pk=person.pk)
    tell(heard, kind="invitation", values={"invitation": sent.pk}, at=at, key=key())


def numbers(at: datetime) -> None:
    give(helper(), "interview", on=at.date(), at=at, passed=False)


def reasons(at: datetime) -> None:
    given = give(helper(), "interview", on=at.date(), at=at, number="")
    by = make.acting(given.checker, at.date(), Role.COORDINATOR)
    words = {"code": "mistake", "reason": "Перепутали с однофамильцем."}
    OutcomeFlow.revoke(given, by=by, at=at, key=key(), **words)


def attempts(at: datetime) -> None:
    attempt(helper().person, at)


def absences(at: datetime) -> None:
    person = helper().person
    Absence.objects.create(
        person=person,
        organisation=make.department(),
        during=DateRange(at.date() - DAY, at.date()),
        noted_by=person,
        noted_at=at,
    )


def imports(at: datetime) -> None:
    batch = ImportBatch.objects.create(
        kind="volunteers",
        at=at,
        progressed_at=at,
        file_name="people.csv",
        sha256="0" * 64,
        content=b"",
        state="done",
    )
    ImportRow.objects.create(
        batch=batch, position=1, sheet="", line=1, outcome="created", becomes={"phone": "+7"}
    )


def concerns(at: datetime) -> None:
    said = told(at)
    by = make.acting(make.registrar())
    ConcernFlow.reply(said, by=by, at=at, key=key(), reason="Проверили.")


def newcomers(at: datetime) -> None:
    make.person(joined_at=at)


def volunteers(at: datetime) -> None:
    gone(helper().person, at)


def officials(at: datetime) -> None:
    person = make.person()
    membership = grant(person, make.department(), Role.CHECKER, on=make.LONG_AGO, by=None)
    end(membership, on=at.date())


def erasures(at: datetime) -> None:
    person = helper().person
    asked = services.ask_about_data(person, "erase", by=make.acting(person), at=at, key=key())
    checker = make.acting(make.member(make.department(), Role.CHECKER))
    DataRequestFlow.carry_out(asked, by=checker, at=at, key=key())


def attempt(person: User, at: datetime) -> Attempt:
    """A try that was passed."""
    made = Attempt.objects.create(
        person=person,
        tier="V2",
        seed=1,
        paper=[],
        started_at=at - DAY / 24,
        deadline_at=at + DAY,
    )
    made.answers.create(n=1, chosen=[0], saved_at=at)
    made.finished_at, made.score, made.share, made.passed = at, 1, 100, True
    made.save()
    return made


def helper() -> Volunteer:
    """Somebody who volunteers, and goes on doing so."""
    make.department()
    made = volunteer(make.ngo().organisation)
    made.phone = "+7 916 000-00-00"
    made.save()
    return made


def gone(person: User, at: datetime) -> None:
    """They leave everything on this day."""
    for membership in person.memberships.all():
        end(membership, on=at.date())


MAKERS: dict[str, Callable[[datetime], None]] = {
    one.__name__: one
    for one in (
        letters,
        sessions,
        invitations,
        numbers,
        reasons,
        attempts,
        absences,
        imports,
        concerns,
        newcomers,
        volunteers,
        officials,
    )
}
