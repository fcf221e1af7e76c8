"""Who is away and who stands in: deputies by dates, absences as facts.

A deputy holds the role of somebody for some days and nothing longer: the dates decide, no job
does. Being away locks nobody out.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower, Replace
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import memberships
from accounts.models import Membership, Organisation, User
from accounts.permissions import Permission
from accounts.roles import Role
from casework import trail
from casework.engine import retried
from casework.models import Absence
from casework.parties import holders
from casework.process import Objection, Refused
from casework.telling import tell

ONE_DAY = timedelta(days=1)
INVITING = holders(Permission.INVITE)

BACKWARDS = Objection(
    "backwards", _("The last day cannot be before the first."), field="through_on"
)
OVER = Objection(
    "over", _("These days are over."), _("Choose today or a later day."), field="through_on"
)
STRANGER = Objection(
    "stranger",
    _("Only somebody who belongs to the organisation can stand in."),
    _("Invite them first."),
    field="deputy",
)
ONESELF = Objection("oneself", _("Nobody gives a role to themselves."), field="deputy")
SAME = Objection("same", _("Nobody stands in for themselves."), field="deputy")
HOLDS = Objection(
    "holds",
    _("This person already holds the role on some of these days."),
    _("Choose other days, or somebody else."),
    field="deputy",
)
NOT_HELD = Objection("not_held", _("The role that is stood in for is not held on these days."))
DEPUTY = Objection(
    "deputy", _("Whoever stands in names no further deputies: the organisation’s own head does.")
)
AWAY = Objection(
    "away",
    _("An absence is already noted for some of these days."),
    _("End it below, or choose other days."),
    field="from_on",
)
NOT_YOURS = Objection("not_yours", _("You can note only your own absence."))


@dataclass(frozen=True)
class Days:
    """From the first day through the last, both of them counted."""

    first: date
    last: date

    @property
    def during(self) -> DateRange:
        """As the database keeps it."""
        return DateRange(self.first, self.last + ONE_DAY)


def name_deputy(
    held: Membership, person: User, days: Days, *, by: User, at: datetime
) -> Membership:
    """This person holds the role of `held` on these days too. Raises Refused with every reason."""

    def once() -> Membership:
        here = held.organisation
        if found := [*_deputy_objections(held, person, days, by, _day(here, at))]:
            raise Refused(*found)
        return _grant(held, person, days, by, at)

    return retried(once)


def go_away(
    held: Membership, days: Days, *, by: User, at: datetime, deputy: User | None = None
) -> Absence:
    """Whoever holds this membership is away on these days; a deputy is named with it.

    Everybody notes their own absence; whoever may invite there, that of others, and the deputy.
    Raises Refused with every reason.
    """

    def once() -> Absence:
        here, today = held.organisation, _day(held.organisation, at)
        if found := [*_absence_objections(held, days, by, today, deputy)]:
            raise Refused(*found)
        absence = Absence.objects.create(
            person=held.person,
            organisation=here,
            during=days.during,
            deputy=_grant(held, deputy, days, by, at) if deputy else None,
            noted_by=by,
            noted_at=at,
        )
        _note(here, by, "absence.noted", absence)
        _tell_the_leaders(absence, held, by, at)
        return absence

    return retried(once)


def come_back(absence: Absence, *, by: User, at: datetime) -> None:
    """The absence ends with yesterday, and its deputy's days too; of one ahead no day stays."""

    def once() -> None:
        here, today = absence.organisation, _day(absence.organisation, at)
        if by.pk != absence.person_id and not may_name(by, here, today):
            raise Refused(NOT_YOURS)
        first = absence.during.lower
        absence.during = DateRange(first, max(first, min(today, absence.during.upper)))
        absence.save(update_fields=["during"])
        deputy = absence.deputy
        if deputy is not None and deputy.during.upper and deputy.during.upper > today:
            memberships.end(deputy, on=today)
            _note(here, by, "membership.ended", deputy)
        _note(here, by, "absence.ended", absence)

    retried(once)


def may_name(person: User, organisation: Organisation, on: date) -> bool:
    """Whether they may name deputies there: they may invite, and not as somebody's deputy."""
    own = Membership.objects.filter(
        person=person,
        organisation=organisation,
        role__in=INVITING,
        during__contains=on,
        stands_for__isnull=True,
    )
    return own.exists()


def candidates(held: Membership, on: date, *, by: User) -> QuerySet[User, Any]:
    """Who could stand in: staff of the organisation, neither the one named nor who names."""
    here = staff(held.organisation, on).order_by().values("person")
    found = User.objects.filter(pk__in=here).exclude(pk__in=(held.person_id, by.pk))
    name = Replace(Lower("family_name"), Value("ё"), Value("ея"))
    return found.order_by(name, "given_name", "pk")


def staff(organisation: Organisation, on: date) -> QuerySet[Membership, Any]:
    """The memberships in force there of those who do more than volunteer, by name."""
    found = Membership.objects.filter(
        organisation=organisation, during__contains=on, person__is_active=True
    ).exclude(role=Role.VOLUNTEER)
    name = Replace(Lower("person__family_name"), Value("ё"), Value("ея"))
    return found.select_related("person").order_by(name, "person__given_name", "pk")


def absences_of(organisation: Organisation, on: date) -> QuerySet[Absence, Any]:
    """Who is or will be away, with their deputies."""
    ahead: QuerySet[Absence, Any] = Absence.objects.ahead(on).filter(organisation=organisation)
    return ahead.select_related("person", "deputy__person")


def _deputy_objections(
    held: Membership, person: User, days: Days, by: User, today: date
) -> list[Objection]:
    found = _day_objections(days, today)
    if not may_name(by, held.organisation, today):
        found.append(DEPUTY)
    if person.pk == by.pk:
        found.append(ONESELF)
    if person.pk == held.person_id:
        found.append(SAME)
    if not candidates(held, today, by=by).filter(pk=person.pk).exists() and not found:
        found.append(STRANGER)
    if found:
        return found
    same = {"organisation": held.organisation_id, "role": held.role}
    if not held.during.lower <= days.last or (
        held.during.upper is not None and held.during.upper <= days.first
    ):
        found.append(NOT_HELD)
    if person.memberships.filter(during__overlap=days.during, **same).exists():
        found.append(HOLDS)
    return found


def _absence_objections(
    held: Membership, days: Days, by: User, today: date, deputy: User | None
) -> list[Objection]:
    found = _day_objections(days, today)
    if held.person_id != by.pk and not may_name(by, held.organisation, today):
        found.append(NOT_YOURS)
    if found:
        return found
    same = {"person": held.person_id, "organisation": held.organisation_id}
    if Absence.objects.filter(during__overlap=days.during, **same).exists():
        found.append(AWAY)
    if deputy is not None:
        found += _deputy_objections(held, deputy, days, by, today)
    return found


def _day_objections(days: Days, today: date) -> list[Objection]:
    if days.last < days.first:
        return [BACKWARDS]
    return [OVER] if days.last < today else []


def _grant(held: Membership, person: User, days: Days, by: User, at: datetime) -> Membership:
    here = held.organisation
    first = max(days.first, _day(here, at))
    made = memberships.grant(
        person, here, held.role, on=first, until=days.last + ONE_DAY, by=by, stands_for=held.person
    )
    _note(here, by, "membership.granted", made)
    values = _values(held, Days(first, days.last))
    tell(_only(person), kind="deputy", values=values, at=at, key=f"deputy:{made.pk}")
    return made


def _tell_the_leaders(absence: Absence, held: Membership, by: User, at: datetime) -> None:
    """Whoever may invite there can still name a deputy; the deputy has been told already."""
    here = absence.organisation
    heard = User.objects.filter(
        is_active=True,
        memberships__organisation=here,
        memberships__role__in=INVITING,
        memberships__during__contains=_day(here, at),
    ).exclude(pk__in=(by.pk, absence.person_id))
    values = _values(held, Days(absence.during.lower, absence.last_on)) | {
        "deputy": str(absence.deputy.person) if absence.deputy else ""
    }
    tell(heard.distinct(), kind="absence", values=values, at=at, key=f"absence:{absence.pk}")


def _values(held: Membership, days: Days) -> dict[str, Any]:
    words = {}
    for language in ("ru", "en"):
        with translation.override(language):
            words[f"role_{language}"] = str(held.get_role_display())
    return words | {
        "organisation": held.organisation.short_name,
        "whom": str(held.person),
        "from_on": days.first.isoformat(),
        "through_on": days.last.isoformat(),
    }


def _only(person: User) -> QuerySet[User, Any]:
    return User.objects.filter(pk=person.pk, is_active=True)


def _day(organisation: Organisation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(organisation.zone)).date()


def _note(organisation: Organisation, by: User, action: str, what: Absence | Membership) -> None:
    subject = f"{what._meta.model_name}:{what.pk}"
    trail.record(tenant=organisation.pk, actor=by.pk, action=action, subject=subject)
