"""Registering an NGO: asked for, checked for completeness, reviewed by another pair of eyes."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from casework.parties import department, registrar, reviewer, the_clock
from casework.process import STAYS, Ask, Clock, Flow, Length, Stage, Step, Text
from casework.terms import until, working_days
from registry import consequences as then
from registry import rules
from registry.flows import asks
from registry.flows.rows import rows_of
from registry.flows.stages import A
from registry.models import Application
from registry.parties import head, keeper, ngo_desk, the_appeal
from registry.queries.bars import bar_of
from registry.ways import Appealable


def _end(detail: Application) -> datetime | None:
    """The first instant after it; the old register knew registrations without an end."""
    assert detail.registration is not None  # noqa: S101  (the state says so)
    upper: Any = detail.registration.during.upper
    zone = ZoneInfo(detail.case.owner.zone)
    return datetime.combine(upper, time.min, zone) if upper else None


def _days_before_its_end(ask: Ask[Application]) -> Length | None:
    days, end = timedelta(days=ask.rules.number("registration.renewal")), _end(ask.detail)
    return Length(until=max(end - days, ask.at)) if end else None


class RegistrationFlow(Appealable, Flow[Application]):
    """An NGO asks to be registered for named types in named kinds of institution. Silence of the
    Department escalates within it; silence of the NGO after a list of defects lets it lapse.
    """

    kind, letter, title, model = "registration", "N", _("Registration of an NGO"), Application
    start = A.DRAFT
    related = ("case__owner", "ngo__organisation", "registration", "appeal__case")
    check = Clock(
        "check", _("Formal check"), working_days("registration.formal_check"), "escalate_check"
    )
    mending = Clock("mending", _("Mend the defects"), working_days("registration.defects"), "lapse")
    reviewing = Clock("review", _("Review"), working_days("registration.review"), "escalate_review")
    supplying = Clock(
        "supply", _("Answer the Department’s request"), working_days("registration.supply"), "go_on"
    )
    validity = Clock("validity", _("Registration"), until(_end), "expire")
    nearing = Clock("nearing", _("Until renewal opens"), _days_before_its_end, "near_the_end")
    stages = {
        A.DRAFT: Stage(A.DRAFT.label, head),
        A.SUBMITTED: Stage(A.SUBMITTED.label, registrar, (check,), "waiting"),
        A.RETURNED: Stage(A.RETURNED.label, head, (mending,), "waiting"),
        A.REVIEW: Stage(A.REVIEW.label, registrar, (reviewing,), "waiting"),
        A.ASKED: Stage(A.ASKED.label, head, (supplying, reviewing), "waiting"),
        A.REGISTERED: Stage(A.REGISTERED.label, registrar, (validity, nearing), "done"),
        A.EXPIRING: Stage(A.EXPIRING.label, head, (validity,), "waiting"),
        A.REFUSED: Stage(A.REFUSED.label, tone="late"),
        A.WITHDRAWN: Stage(A.WITHDRAWN.label),
        A.LAPSED: Stage(A.LAPSED.label, tone="late"),
        A.EXCLUDED: Stage(A.EXCLUDED.label, tone="late"),
        A.EXPIRED: Stage(A.EXPIRED.label),
    }

    submit = Step(
        (A.DRAFT, A.RETURNED),
        A.SUBMITTED,
        by=head,
        label=_("Submit the application"),
        past=_("The application was submitted"),
        rules=(
            rules.it_says_everything,
            rules.the_documents_are_there,
            rules.types_fit_kinds,
            rules.it_is_time,
            rules.no_bar_holds,
            rules.no_appeal_is_open,
        ),
        tell=(registrar, ngo_desk),
    )
    complete = Step(
        A.SUBMITTED,
        A.REVIEW,
        by=registrar,
        label=_("Complete: take it into review"),
        past=_("The formal check was passed"),
        then=(then.note_the_checker,),
        tell=(ngo_desk, registrar),
        decides=True,
    )
    return_ = Step(
        A.SUBMITTED,
        A.RETURNED,
        by=registrar,
        label=_("Return with a list of defects"),
        past=_("Returned with a list of defects"),
        asks=asks.Defects,
        rules=(rules.defects_are_named_once,),
        then=(then.name_the_defects,),
        tell=(ngo_desk,),
        decides=True,
    )
    register = Step(
        A.REVIEW,
        A.REGISTERED,
        by=registrar,
        label=_("Enter into the register"),
        past=_("The NGO was registered"),
        asks=asks.Grant,
        rules=(
            rules.another_registrar_decides,
            rules.not_whoever_refused_it,
            rules.something_is_granted,
            rules.it_is_time,
            rules.no_bar_holds,
        ),
        then=(then.write_the_registration,),
        tell=(ngo_desk,),
        ripple="registration",
        decides=True,
        settles=True,
    )
    refuse = Step(
        A.REVIEW,
        A.REFUSED,
        by=registrar,
        label=_("Refuse"),
        past=_("The registration was refused"),
        asks=asks.Reason,
        rules=(rules.another_registrar_decides, rules.not_whoever_refused_it),
        tell=(ngo_desk,),
        decides=True,
        settles=True,
        danger=True,
    )
    ask = Step(
        A.REVIEW,
        A.ASKED,
        by=registrar,
        label=_("Request information"),
        past=_("Information was requested"),
        asks=asks.Question,
        tell=(ngo_desk,),
        extends=("review", "registration.extension"),
        decides=True,
    )
    supply = Step(
        A.ASKED,
        A.REVIEW,
        by=head,
        label=_("Answer the Department’s request"),
        past=_("The NGO answered"),
        asks=asks.Answer,
        tell=(registrar,),
    )
    withdraw = Step(
        (A.SUBMITTED, A.RETURNED, A.REVIEW, A.ASKED),
        A.WITHDRAWN,
        by=head,
        label=_("Withdraw the application"),
        past=_("The application was withdrawn"),
        tell=(registrar,),
        settles=True,
    )
    take_over = Step(
        A.DRAFT,
        A.REGISTERED,
        by=keeper,
        label=_("Take over from the old register"),
        past=_("The registration was taken over from the old register"),
        rules=(rules.it_stands_in_the_register,),
    )
    exclude = Step(
        (A.REGISTERED, A.EXPIRING),
        A.EXCLUDED,
        by=reviewer,
        label=_("Exclude from the register"),
        past=_("The NGO was excluded from the register"),
        asks=asks.Exclusion,
        rules=(rules.not_whoever_registered_it, rules.the_bar_is_in_bounds),
        then=(then.end_the_registration, then.bar_the_ngo),
        tell=(ngo_desk, department),
        ripple="suspension",
        decides=True,
        danger=True,
    )
    reopen = Step(
        A.DRAFT,
        A.REVIEW,
        by=the_appeal,
        label=_("Review anew"),
        past=_("The refusal was overturned on appeal: the review begins anew"),
        tell=(registrar,),
    )
    give_way = Step(
        A.DRAFT,
        A.WITHDRAWN,
        by=the_appeal,
        label=_("Give way"),
        past=_("The draft gave way to the application that is reviewed anew"),
        settles=True,
    )
    restore = Step(
        A.DRAFT,
        A.REGISTERED,
        by=the_appeal,
        label=_("Restore the registration"),
        past=_("The exclusion was overturned on appeal: the registration is restored"),
        rules=(rules.it_stands_in_the_register,),
    )
    escalate_check = Step(
        A.SUBMITTED,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The formal check is late; the Department was told"),
        tell=(department, ngo_desk),
        marks="check",
    )
    escalate_review = Step(
        (A.REVIEW, A.ASKED),
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The review is late; the Department was told"),
        tell=(department, ngo_desk),
        marks="review",
    )
    go_on = Step(
        A.ASKED,
        A.REVIEW,
        by=the_clock,
        label=_("Go on without an answer"),
        past=_("No answer came in time: the review goes on without it"),
        tell=(registrar, ngo_desk),
    )
    lapse = Step(
        A.RETURNED,
        A.LAPSED,
        by=the_clock,
        label=_("Lapse"),
        past=_("The defects were not mended in time: the application lapsed"),
        tell=(ngo_desk, registrar),
        settles=True,
    )
    near_the_end = Step(
        A.REGISTERED,
        A.EXPIRING,
        by=the_clock,
        label=_("Remind of renewal"),
        past=_("The registration ends soon; it can be renewed"),
        tell=(ngo_desk,),
    )
    expire = Step(
        (A.REGISTERED, A.EXPIRING),
        A.EXPIRED,
        by=the_clock,
        label=_("Expire"),
        past=_("The registration’s period has ended"),
        tell=(ngo_desk,),
    )

    @classmethod
    def heading(cls, detail: Application) -> str:
        """The NGO's name."""
        return str(detail.ngo.organisation.name)

    @classmethod
    def facts(cls, detail: Application) -> dict[str, Any]:
        """The reference, the NGO, the defects named and, where there is one, the registration."""
        found = {
            "ref": detail.case.ref,
            "ngo": detail.ngo.organisation.short_name,
            "defects": detail.defects,
        }
        if detail.case.state == A.EXCLUDED and (bar := bar_of(detail.case)):
            found["again_on"] = bar.until_on.isoformat()
        if detail.registration is None:
            return found
        period: Any = detail.registration.during
        through = period.upper - timedelta(days=1) if period.upper else None
        return found | {
            "number": detail.registration.number,
            "from_on": period.lower.isoformat(),
            "through_on": through.isoformat() if through else "",
            "types": sorted(set(detail.registration.approved.values_list("type__code", flat=True))),
        }

    @classmethod
    def shown(cls, detail: Application) -> list[tuple[Text, Any]]:
        """What the NGO says of itself, asks for and was registered for."""
        return rows_of(detail)
