"""The table of retention: what is kept how long, what is done then, and to which rows.

Terms are numbers of the rulebook. Every category is one pass over its own rows; what an open case
holds is left out of all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from casework.models import Absence, Case, Concerned, Decision, Delivery, Invitation, Notice
from casework.parameters import Rules
from casework.process import Text
from oversight.keeping import erasing
from oversight.keeping.graph import Fate
from oversight.keeping.held import free, is_held
from oversight.models import Asked, DataRequest
from registry.models import ImportRow
from visits.models import Concern
from volunteers.models import Attempt, Outcome

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Category:
    """One line of the table. `due` finds the rows that `before` leaves behind; `act` does it."""

    code: str
    rule: str
    what: Text
    fate: Fate
    due: Callable[[datetime], Rows]
    act: Callable[[Rows, datetime], int]

    def before(self, at: datetime, rules: Rules) -> datetime:
        """What ended before this moment has been kept long enough."""
        if not self.rule:
            return at
        number = rules.number(self.rule)
        if self.rule == SESSIONS:
            return at - timedelta(days=number)
        before: datetime = at - relativedelta(months=number)
        return before


def _letters(before: datetime) -> Rows:
    over = Q(case=None) | Q(case__closed_at__lt=before)
    return free(Notice.objects.filter(over, at__lt=before), "person")


def _sessions(before: datetime) -> Rows:
    return Session.objects.filter(expire_date__lt=before)


def _invitations(before: datetime) -> Rows:
    over = Coalesce("accepted_at", "withdrawn_at", "expires_at")
    return Invitation.objects.annotate(over_at=over).filter(over_at__lt=before)


def _forget_invitations(rows: Rows, at: datetime) -> int:
    """Their letters cannot be read without them."""
    keys = list(rows.values_list("pk", flat=True))
    erasing.forget_letters(Notice.objects.filter(values__invitation__in=keys))
    return erasing.drop(Invitation.objects.filter(pk__in=keys))


def _numbers(before: datetime) -> Rows:
    sealed = Outcome.objects.filter(case__closed_at__lt=before).exclude(number_sealed=b"")
    return free(sealed, "volunteer")


def _reasons(before: datetime) -> Rows:
    over = Decision.objects.filter(case__kind="outcome", case__closed_at__lt=before, erased_at=None)
    held = Concerned.objects.filter(is_held("person"), case=OuterRef("case"))
    return over.exclude(reason="").exclude(Exists(held))


def _attempts(before: datetime) -> Rows:
    return free(Attempt.objects.filter(finished_at__lt=before), "person")


def _absences(before: datetime) -> Rows:
    return Absence.objects.filter(during__endswith__lt=before.date())


def _imports(before: datetime) -> Rows:
    said = ~Q(was={}) | ~Q(becomes={}) | ~Q(reason="")
    old = ImportRow.objects.filter(batch__kind="volunteers", batch__progressed_at__lt=before)
    return old.filter(said).order_by()


def _concerns(before: datetime) -> Rows:
    return Concern.objects.filter(case__closed_at__lt=before).exclude(text="")


def _people(before: datetime) -> QuerySet[User, User]:
    """Those in whom nothing is left that lasts: no role since then, or none ever."""
    lasting = Q(during__upper_inf=True) | Q(during__endswith__gt=before.date())
    roles = Membership.objects.filter(lasting, person=OuterRef("pk"))
    return free(User.objects.filter(~Exists(roles), erased_at=None), "pk")


def _newcomers(before: datetime) -> Rows:
    invited = Invitation.objects.filter(
        person=OuterRef("pk"), accepted_at=None, expires_at__gt=before
    )
    never = ~Exists(Membership.objects.filter(person=OuterRef("pk")))
    return _people(before).filter(never, ~Exists(invited), joined_at__lt=before)


def _volunteers(before: datetime) -> Rows:
    roles = Membership.objects.filter(person=OuterRef("pk"))
    others = roles.exclude(role=Role.VOLUNTEER)
    return _people(before).filter(Exists(roles), ~Exists(others))


def _officials(before: datetime) -> Rows:
    others = Membership.objects.filter(person=OuterRef("pk")).exclude(role=Role.VOLUNTEER)
    return _people(before).filter(Exists(others))


def _asked_for(before: datetime) -> Rows:
    """Erasures carried out, once the letter that says so has left."""
    done = Case.objects.filter(kind="data_request", state="done", closed_at__lte=before)
    asked = DataRequest.objects.filter(person=OuterRef("pk"), what=Asked.ERASE, case__in=done)
    waiting = Delivery.objects.filter(
        notice__person=OuterRef("pk"), state__in=(Delivery.State.QUEUED, Delivery.State.SENDING)
    )
    return User.objects.filter(Exists(asked), ~Exists(waiting), erased_at=None)


def _drop(rows: Rows, at: datetime) -> int:
    return erasing.drop(rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")))


def _erase(rows: Rows, at: datetime) -> int:
    return erasing.erase(list(rows.values_list("pk", flat=True)), at)


def _emptying(**fields: Any) -> Callable[[Rows, datetime], int]:
    def empty(rows: Rows, at: datetime) -> int:
        values = {name: at if value is _AT else value for name, value in fields.items()}
        done: int = rows.order_by().update(**values)
        return done

    return empty


_AT = object()
SESSIONS = "retention.sessions"
GONE, EMPTY = Fate.DELETED, Fate.EMPTIED
CATEGORIES = (
    Category(
        "erasures",
        "",
        _("People who asked to be erased, once it was granted"),
        EMPTY,
        _asked_for,
        _erase,
    ),
    Category("sessions", SESSIONS, _("Sign-in sessions that have ended"), GONE, _sessions, _drop),
    Category(
        "imports",
        "retention.imports",
        _("What stood in imported lists of volunteers"),
        EMPTY,
        _imports,
        _emptying(was={}, becomes={}, reason=""),
    ),
    Category(
        "numbers",
        "retention.numbers",
        _("Numbers of papers, of checks that have ended"),
        EMPTY,
        _numbers,
        _emptying(number_sealed=b""),
    ),
    Category(
        "reasons",
        "retention.reasons",
        _("Words about people, in checks that have ended"),
        EMPTY,
        _reasons,
        _emptying(reason="", erased_at=_AT),
    ),
    Category(
        "attempts",
        "retention.attempts",
        _("Tries at the knowledge test, with their answers"),
        GONE,
        _attempts,
        lambda rows, _at: erasing.forget_attempts(rows),
    ),
    Category("absences", "retention.absences", _("Absences that are over"), GONE, _absences, _drop),
    Category(
        "concerns",
        "retention.concerns",
        _("What the Department was told, in words"),
        EMPTY,
        _concerns,
        _emptying(text=""),
    ),
    Category(
        "invitations",
        "retention.invitations",
        _("Invitations, accepted or over"),
        GONE,
        _invitations,
        _forget_invitations,
    ),
    Category(
        "letters",
        "retention.letters",
        _("Notices and letters"),
        GONE,
        _letters,
        lambda rows, _at: erasing.forget_letters(rows),
    ),
    Category(
        "newcomers",
        "retention.newcomers",
        _("People who never took up an invitation"),
        EMPTY,
        _newcomers,
        _erase,
    ),
    Category(
        "volunteers",
        "retention.volunteers",
        _("Volunteers who have left"),
        EMPTY,
        _volunteers,
        _erase,
    ),
    Category(
        "officials",
        "retention.officials",
        _("Officials and staff who have left"),
        EMPTY,
        _officials,
        _erase,
    ),
)
