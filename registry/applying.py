"""Coming in as a new NGO, and writing an application: what happens before its steps are taken."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from accounts.roles import OrganisationKind, Role
from casework import trail
from casework.engine import CHANGED, open_case, retried
from casework.invitations import invite
from casework.models import Case, Invitation
from casework.process import Objection, Refused
from registry.documenting import carry_over
from registry.flows import RegistrationFlow
from registry.models import Application, Bar, Ngo, Wanted
from registry.queries.appeals import appealed
from registry.queries.applications import WRITING, applications_of, open_application, renewal
from registry.queries.bars import barring
from registry.rules import APPEALED

INSTITUTION = Objection(
    "institution", _("An institution stands under this OGRN, not an NGO."), field="ogrn"
)
REGISTERED = Objection(
    "registered",
    _("This NGO is already in the register."),
    _("Its head can invite you; if it has none here, a registrar of the Department can."),
    field="ogrn",
)
INVITED = Objection(
    "invited",
    _("A letter to the head of this NGO is already on its way."),
    _("If it does not come, apply again after three days."),
    field="ogrn",
)
OPEN = Objection("open", _("Your NGO already has an open application."))
NO_DEPARTMENT = Objection("department", _("Nobody receives applications here yet."))
TOO_EARLY = Objection("early", _("The registration still holds; it is too early to renew it."))


@dataclass(frozen=True)
class About:
    """What an NGO is called, its state numbers, and who leads it."""

    name: str
    short_name: str
    ogrn: str
    inn: str
    form: str
    head_name: str


@dataclass(frozen=True)
class Draft:
    """What an application says; `wanted` are pairs of keys: type, kind of institution."""

    experience: str
    safeguarding: str
    preparation: str
    wanted: Collection[tuple[int, int]]


def come_in(about: About, email: str, *, at: datetime) -> Invitation:
    """Enter an NGO that asks to come in and invite its head; raises Refused with the reason."""

    def once() -> Invitation:
        organisation = _applicant(about, at)
        return invite(email, Role.HEAD, organisation, by=None, at=at)

    return retried(once)


def invited(pk: int) -> Invitation | None:
    """An invitation to a head that the public form sent."""
    found = Invitation.objects.select_related("organisation")
    return found.filter(pk=pk, invited_by=None, role=Role.HEAD).first()


def begin(ngo: Ngo, *, by: User, at: datetime) -> Application:
    """A new draft, filled with what the NGO said last time; raises Refused with the reason."""

    def once() -> Application:
        # One at a time: two tabs open one draft.
        kept = Ngo.objects.select_for_update(of=("self",)).select_related("organisation")
        mine = kept.get(pk=ngo.pk)
        owner = department()
        if open_application(mine) is not None:
            raise Refused(OPEN)
        on = _day(mine.organisation, at)
        if bar := barring(mine.pk, on):
            raise Refused(_barred(bar))
        if appealed(mine.pk):
            raise Refused(APPEALED)
        if not renewal(mine.pk, on).is_open(on):
            raise Refused(TOO_EARLY)
        last = applications_of(mine.pk).first()
        case = open_case(RegistrationFlow, owner=owner, asker=mine.organisation, by=by, at=at)
        draft = Application.objects.create(case=case, ngo=mine)
        if last is not None:
            copy(last, draft, by=by, at=at)
        return draft

    return retried(once)


def save(application: Application, draft: Draft, about: About | None = None) -> None:
    """Keep what was written so far; raises Refused when the application has moved on meanwhile."""

    def once() -> None:
        case = Case.objects.select_for_update().get(pk=application.pk)
        if case.state not in WRITING:
            raise Refused(CHANGED)
        _write(application, draft)
        if about is not None and may_rename(application.ngo):
            _rename(application.ngo, about)

    retried(once)


def copy(earlier: Application, later: Application, *, by: User, at: datetime) -> None:
    """Say in a later application what an earlier one said, with the same documents."""
    _write(later, said(earlier))
    carry_over(earlier, later, by=by, at=at)


def said(application: Application) -> Draft:
    """What an application says now."""
    return Draft(
        application.experience,
        application.safeguarding,
        application.preparation,
        list(application.wanted.values_list("type_id", "kind_id")),
    )


def may_rename(ngo: Ngo) -> bool:
    """Whether the NGO writes its names and numbers itself: until it is registered."""
    return ngo.applicant and not ngo.registrations.exists()


def _applicant(about: About, at: datetime) -> Organisation:
    known = Organisation.objects.select_for_update().filter(ogrn=about.ogrn).first()
    if known is not None:
        return _again(known, about, at)
    organisation = Organisation.objects.create(
        ref=f"ngo-{about.ogrn}",
        kind=OrganisationKind.NGO,
        name=about.name,
        short_name=about.short_name,
        ogrn=about.ogrn,
        inn=about.inn,
    )
    Ngo.objects.create(
        organisation=organisation, form=about.form, head_name=about.head_name, applicant=True
    )
    trail.record(
        tenant=organisation.pk,
        actor=None,
        action="ngo.came_in",
        subject=f"organisation:{organisation.pk}",
    )
    return organisation


def _again(known: Organisation, about: About, at: datetime) -> Organisation:
    """Whoever never got the letter may ask anew: a mistyped address locks nobody out."""
    ngo = Ngo.objects.filter(pk=known.pk).first()
    if ngo is None:
        raise Refused(INSTITUTION if known.kind == OrganisationKind.INSTITUTION else REGISTERED)
    if bar := barring(ngo.pk, _day(known, at)):
        raise Refused(_barred(bar))
    if not may_rename(ngo) or Membership.objects.filter(organisation=known).exists():
        raise Refused(REGISTERED)
    if Invitation.objects.waiting(at).filter(organisation=known).exists():
        raise Refused(INVITED)
    _rename(ngo, about)
    return ngo.organisation


def _barred(bar: Bar) -> Objection:
    return Objection(
        "barred",
        _("This NGO was excluded from the register. It may apply again from %(day)s.")
        % {"day": date_format(bar.until_on, "j E Y")},
        clears_on=bar.until_on,
        field="ogrn",
    )


def _rename(ngo: Ngo, about: About) -> None:
    organisation = ngo.organisation
    ngo.form, ngo.head_name = about.form, about.head_name
    ngo.save(update_fields=["form", "head_name"])
    for name in ("name", "short_name", "ogrn", "inn"):
        setattr(organisation, name, getattr(about, name))
    organisation.save(update_fields=["name", "short_name", "ogrn", "inn"])


def _write(application: Application, draft: Draft) -> None:
    Application.objects.filter(pk=application.pk).update(
        experience=draft.experience,
        safeguarding=draft.safeguarding,
        preparation=draft.preparation,
    )
    application.wanted.all().delete()
    Wanted.objects.bulk_create(
        Wanted(application=application, type_id=type_id, kind_id=kind_id)
        for type_id, kind_id in draft.wanted
    )


def department() -> Organisation:
    """The Department, which every application is sent to; raises Refused where there is none."""
    found = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("pk").first()
    if found is None:
        raise Refused(NO_DEPARTMENT)
    return found


def _day(organisation: Organisation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(organisation.zone)).date()
