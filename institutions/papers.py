"""What the papers of proposals and agreements say, in the reader's language."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import Membership
from casework.calendar import working_calendar
from casework.models import Decision, PaperKind, Term
from casework.parties import reviewer
from casework.process import Printed
from casework.terms import day_of, first_day, last_day
from institutions.flows.asks import Ground
from institutions.models import Agreement, Group, Proposal
from institutions.queries import promised, proposals
from institutions.queries.enclosures import enclosures_of
from institutions.queries.house import named_types
from registry.applying import department


def proposal(detail: Proposal, decision: Decision) -> Printed:
    """What was proposed, and by when it is to be answered."""
    term = _term(detail, proposals.DECISION)
    values = {
        **_sides(detail),
        "ogrn": detail.ngo.organisation.ogrn or "",
        "types": _types(detail.types.values("pk"), detail.during.lower),
        "groups": [str(Group(code).label) for code in detail.groups],
        "since": detail.during.lower,
        "through": detail.last_on,
        "volume": _("up to %(visits)d visits a week, up to %(people)d people in a visit")
        % {"visits": detail.visits_a_week, "people": detail.people_a_visit},
        "conditions": detail.programme,
        "preparation": detail.preparation,
        "experience": detail.experience,
        "contact": str(decision.actor or ""),
        "documents": [
            {"name": f"{one.label}: {one.newest.file.name}", "sha256": one.newest.file.sha256}
            for one in enclosures_of(detail)
            if one.newest
        ],
        "answer_by": last_day(term) if term else None,
    }
    return Printed(PaperKind.PROPOSAL, detail.ngo.organisation, values)


def acceptance(detail: Proposal, decision: Decision) -> Printed:
    """The institution says yes, on which conditions, and by when the agreement is signed."""
    given, agreeing = detail.conditions, _term(detail, "agreement")
    still = agreeing is None or agreeing.paused_at is not None
    values = {
        **_decided(detail, decision),
        "types": _types(detail.types.values("pk"), detail.during.lower),
        "risks": given.get("risks", ""),
        "rules": given.get("rules", ""),
        "disputes": given.get("disputes", ""),
        "duration": given.get("ending", ""),
        "conditions": "\n".join(filter(None, (given.get("contact"), given.get("other")))),
        "agree_by": None if still or agreeing is None else last_day(agreeing),
    }
    return Printed(PaperKind.ACCEPTANCE, detail.case.owner, values)


def overturning(detail: Proposal, decision: Decision) -> Printed:
    """The founder says yes instead of the institution: the Department's paper."""
    whole = acceptance(detail, decision)
    values = whole.values | {"name": str(reviewer.name)}
    return Printed(whole.kind, department(), values)


def refusal(detail: Proposal, decision: Decision) -> Printed:
    """The institution says no: the ground, its words, and the way to the founder."""
    way = _term(detail, "founder")
    values = {
        **_decided(detail, decision),
        "code": decision.code or "R9",
        "ground": _ground(decision),
        "reason": decision.reason,
        "founder": _founder(),
        "review_by": last_day(way) if way else None,
    }
    return Printed(PaperKind.REFUSAL, detail.case.owner, values)


def upholding(detail: Proposal, decision: Decision) -> Printed:
    """The founder lets the refusal stand: the Department's paper, and the last of the case."""
    refused = detail.case.decisions.filter(step__in=("refuse", "refer")).latest("recorded_at")
    review = detail.reviews.latest("pk")
    # What the director sent there by themselves is the refusal's own reason.
    disagreed = "" if refused.step == "refer" else review.grounds
    values = {
        **_decided(detail, decision),
        "name": str(reviewer.name),
        "refused_on": _day(detail, refused.at),
        "code": refused.code or "R9",
        "ground": _ground(refused),
        "refused_because": refused.reason,
        "disagreed": disagreed,
        "reason": decision.reason,
    }
    return Printed(PaperKind.REVIEW, department(), values)


def escalation(detail: Proposal, decision: Decision) -> Printed:
    """The Department's letter to the director: the term that passed, and what is asked for."""
    term = _term(detail, proposals.DECISION)
    assert term is not None  # noqa: S101  (its passing is what the letter is about)
    record = proposals.record(detail.institution_id, decision.at)
    values = {
        **_sides(detail),
        "founder": _founder(),
        "case": detail.case.ref,
        "subject": _("the proposal of cooperation No. %(ref)s") % {"ref": detail.case.ref},
        "due": _("to accept the proposal or to refuse it with reasons"),
        "received_on": first_day(term),
        "due_on": last_day(term),
        "late_days": _working_days(last_day(term), day_of(term, decision.at)),
        "asks": [
            _("to answer the proposal within three working days"),
            _("to explain why the term was missed"),
        ],
        # This one is late now, and was not missed before.
        "missed_before": record.late + record.late_now - 1,
    }
    return Printed(PaperKind.ESCALATION, department(), values)


def agreement(detail: Agreement, decision: Decision) -> Printed:
    """What both sides signed: its last version, with who signed for whom."""
    last = detail.versions.last()
    other = detail.ngo if detail.offered_by_id == detail.institution_id else detail.institution
    signed = _day(detail, detail.signed_at) if detail.signed_at else None
    offered = _day(detail, last.at) if last else None
    values = {
        "institution": detail.institution.organisation.name,
        "ngo": detail.ngo.organisation.name,
        "department": _founder(),
        "since": detail.during.lower,
        "through": detail.last_on,
        "types": _types(detail.covered.values("type"), detail.during.lower),
        "version": str(last.number) if last else "",
        "limits": _("up to %(visits)d visits a week, up to %(people)d people in a visit")
        % {"visits": detail.visits_a_week, "people": detail.people_a_visit},
        "conditions": detail.note,
        **promised.on_paper(detail, _day(detail, decision.at)),
        "signatures": [
            _signature(detail.offered_by.short_name, detail.signed_for_offerer, offered),
            _signature(other.organisation.short_name, detail.signed_for_other, signed),
        ],
    }
    return Printed(PaperKind.AGREEMENT, detail.institution.organisation, values)


def _sides(detail: Proposal) -> dict[str, str]:
    return {
        "proposer": detail.ngo.organisation.name,
        "institution": detail.institution.organisation.name,
    }


def _decided(detail: Proposal, decision: Decision) -> dict[str, Any]:
    term = _term(detail, proposals.DECISION)
    hat: Membership | None = decision.membership
    return _sides(detail) | {
        "proposal": detail.case.ref,
        "received_on": first_day(term) if term else _day(detail, decision.at),
        "role": str(hat.get_role_display()) if hat else "",
        "name": str(decision.actor or ""),
    }


def _ground(refusal: Decision) -> str:
    return str(Ground(refusal.code).label) if refusal.code else _("another ground")


def _types(keys: Any, on: date) -> list[dict[str, str]]:
    return [{"code": one.code, "name": one.name} for one in named_types(on).filter(pk__in=keys)]


def _signature(side: str, person: Any, on: date | None) -> dict[str, Any]:
    return {"side": side, "name": str(person or ""), "role": "", "on": on}


def _day(detail: Proposal | Agreement, at: datetime) -> date:
    """The day of a moment where the institution is."""
    return at.astimezone(ZoneInfo(detail.case.owner.zone)).date()


def _term(detail: Proposal, name: str) -> Term | None:
    return Term.objects.filter(case=detail.pk, name=name).order_by("-pk").first()


def _founder() -> str:
    return _("Department of Labour and Social Protection of the City of Moscow")


def _working_days(after: date, through: date) -> int:
    """How many working days lie between the last day in time and this one."""
    calendar = working_calendar()
    days = (date.fromordinal(n) for n in range(after.toordinal() + 1, through.toordinal() + 1))
    return sum(map(calendar.is_working, days))
