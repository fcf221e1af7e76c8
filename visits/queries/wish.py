"""One time that somebody wants to take: what they may choose, whom they may name, or why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.roles import Role
from casework.parameters import rules_on
from casework.process import Objection, Text
from institutions.models import Agreement, AgreementType, Slot
from registry.models import Ngo, Tier, TypeVersion
from registry.queries.names import in_order
from visits.models import Participation
from visits.plans import PlanRule, local_day, objections_to, plan_for
from visits.queries.times import Kept, Seeker, Time, seeker, times
from visits.rules import (
    BOOKING,
    a_place_is_free,
    an_agreement_covers_it,
    nothing_is_suspended,
    the_slot_is_open,
)
from volunteers.queries.clearance import Missing, lacking
from volunteers.queries.facts import facts
from volunteers.queries.needed import Needed

ONE_MOMENT = timedelta(seconds=1)
NOBODY = "nobody"
WITHOUT_AGREEMENT = (
    an_agreement_covers_it,
    nothing_is_suspended,
    the_slot_is_open,
    a_place_is_free,
)


@dataclass(frozen=True)
class Candidate:
    """A person of the NGO: what they lack for the easiest type, and the types beyond them."""

    person: User
    missing: Sequence[Missing] = ()
    beyond: Sequence[TypeVersion] = ()
    busy: bool = False


@dataclass(frozen=True)
class Reason:
    """Why not, in words; how and where to mend it, and from when it will be possible."""

    text: Text
    remedy: Text = ""
    clears_on: date | None = None
    url: str = ""


NO_NGO = Reason(
    _("You are with no NGO yet, and visits are made under an NGO’s agreement."),
    _("Ask an NGO to invite you: the register lists them with their addresses."),
)


@dataclass
class Wish:
    """The time, the types that can be taken in it, and the people who can be named."""

    slot: Slot
    on: date
    who: Seeker
    time: Time | None
    candidates: Sequence[Candidate] = field(default=())

    @property
    def types(self) -> list[TypeVersion]:
        """What can be chosen."""
        return self.time.fits if self.time else []

    @property
    def asked(self) -> dict[TypeVersion, Needed]:
        """What can be chosen, each with what it asks for here."""
        needs = self.time.needs if self.time else {}
        return {version: needs[version] for version in self.types}

    @property
    def kept(self) -> list[Kept]:
        """What was agreed, but is closed to whoever looks."""
        return self.time.kept if self.time else []

    @property
    def first_type(self) -> str:
        """The choice made in advance when there is only one."""
        return str(self.types[0].type_id) if len(self.types) == 1 else ""

    @property
    def names_others(self) -> bool:
        """Whether whoever looks names people, or comes themselves."""
        return self.who.person is None

    @property
    def ready(self) -> list[Candidate]:
        """The people who can be named."""
        return [one for one in self.candidates if not one.missing and not one.busy]

    @property
    def not_ready(self) -> list[Candidate]:
        """The others."""
        return [one for one in self.candidates if one.missing or one.busy]

    def version(self, type_id: str) -> TypeVersion:
        """The version in force that day of a type that can be chosen."""
        return next(one for one in self.types if str(one.type_id) == type_id)

    def ngo(self, type_id: str) -> Ngo:
        """Under whose agreement the type is taken."""
        assert self.time is not None  # noqa: S101  (there was something to choose)
        return Ngo.objects.select_related("organisation").get(pk=self.time.ngos[int(type_id)])

    def people(self, by: Acting, chosen: Iterable[str]) -> list[User]:
        """The people named: those chosen, or whoever asks."""
        if self.names_others:
            keys = set(chosen)
            return [one.person for one in self.ready if str(one.person.pk) in keys]
        assert isinstance(by.user, User)  # noqa: S101  (the route lets nobody else in)
        return [by.user]


def wish(acting: Acting, slot: Slot, at: datetime) -> Wish:
    """What whoever acts may do with this slot: constant queries."""
    who = seeker(acting)
    found = times(who, at, slot.during.lower + ONE_MOMENT, slot=slot)
    on = local_day(slot.during.lower, slot.institution)
    made = Wish(slot, on, who, found[0] if found else None)
    if made.names_others and made.types:
        made.candidates = candidates(who, slot, on, made.asked)
    return made


def candidates(
    who: Seeker, slot: Slot, on: date, types: Mapping[TypeVersion, Needed]
) -> list[Candidate]:
    """The NGO's volunteers of that day, with what each lacks for these types and the tiers they
    ask for there: five queries.
    """
    members = User.objects.filter(
        is_active=True,
        memberships__organisation__in=who.ngos,
        memberships__role=Role.VOLUNTEER,
        memberships__during__contains=on,
    )
    people = list(members.order_by(in_order("family_name"), in_order("given_name"), "pk"))
    keys = [one.pk for one in people]
    where = slot.institution_id
    known = facts(keys, tier=Tier.V3, institution=where, on=on)
    held = Participation.objects.filter(
        volunteer__in=keys, active=True, coming=True, during__overlap=slot.during
    )
    busy = set(held.values_list("volunteer", flat=True))

    def judged(person: User) -> Candidate:
        lacks = {
            one.type_id: list(
                lacking(known, person.pk, need.tier, where, need.first_on, need.last_on)
            )
            for one, need in types.items()
        }
        least = min(lacks.values(), key=len)
        beyond = [one for one in types if lacks[one.type_id] and not least]
        return Candidate(person, least, beyond, person.pk in busy)

    return [judged(person) for person in people]


def why_not(wished: Wish, acting: Acting, at: datetime) -> list[Reason]:
    """Every reason at once why nothing can be taken in this slot now."""
    if wished.kept:
        nearest = min(wished.kept, key=lambda kept: len(kept.missing))
        return [Reason(one.text, one.remedy, None, one.url) for one in nearest.missing]
    ngo = Ngo.objects.select_related("organisation").filter(pk__in=wished.who.ngos).first()
    version = _nearest_type(wished)
    if ngo is None or version is None:
        return [NO_NGO]
    people = [] if wished.names_others else wished.people(acting, ())
    plan = plan_for(wished.slot, ngo, version, people, today=local_day(at, wished.slot.institution))
    held: tuple[PlanRule, ...] = BOOKING if plan.agreement else WITHOUT_AGREEMENT
    found = objections_to(plan, at, rules_on(local_day(at, plan.institution)), *held)
    asked = (one for one in found if people or one.code != NOBODY)
    return as_reasons(asked, reverse("clearance"))


def as_reasons(objections: Iterable[Objection], mend: str) -> list[Reason]:
    """Objections of the rules; what somebody's clearance lacks is mended on the page named."""
    return [
        Reason(one.text, one.remedy, one.clears_on, mend if one.code == "not_cleared" else "")
        for one in objections
    ]


def _nearest_type(wished: Wish) -> TypeVersion | None:
    """The easiest type agreed on that the mode takes; failing that, any that fits the kind."""
    slot, on = wished.slot, wished.on
    deals = Agreement.objects.in_force(on).filter(
        institution=slot.institution_id, ngo__in=wished.who.ngos
    )
    fitting = TypeVersion.objects.in_force(on).filter(kinds=slot.institution.kind_id)
    easiest = fitting.select_related("type").order_by("tier", "type__code")
    covered = AgreementType.objects.filter(agreement__in=deals).values("type")
    agreed = easiest.filter(type__in=covered)
    taken = agreed.filter(type__in=slot.door.mode.types.all())
    return taken.first() or agreed.first() or easiest.first()
