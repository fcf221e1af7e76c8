"""What an NGO may appeal, and until when."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from casework.calendar import working_calendar
from casework.models import Case, Decision
from casework.parameters import rules_on
from registry.models import Appeal, Contested

FILED = "filed"
# What is appealed: the kind of the case and the state that the decision has brought it to.
STANDS = {
    Contested.REFUSAL: ("registration", "refused", "refuse"),
    Contested.EXCLUSION: ("registration", "excluded", "exclude"),
    Contested.SUSPENSION: ("suspension", "in_force", "suspend"),
    Contested.CHANGE: ("ngo_change", "refused", "refuse"),
}

# What an overturned decision leads to.
FOLLOWS = {
    Contested.REFUSAL: _("The application is reviewed anew by another registrar."),
    Contested.EXCLUSION: _(
        "The registration is restored for the rest of its period, without a bar. "
        "Agreements and visits that ended do not come back."
    ),
    Contested.SUSPENSION: _("The suspension is lifted from the day of the decision."),
    Contested.CHANGE: _("The change is checked anew by another registrar."),
}


@dataclass(frozen=True)
class Contestable:
    """The decision of a case that can be appealed, and the last day for it."""

    what: Contested
    decision: Decision
    last_on: date


def contested(case: Case) -> Contestable | None:
    """The decision of this case that can be appealed, if it is one that stands."""
    for what, (kind, state, step) in STANDS.items():
        if (case.kind, case.state) == (kind, state):
            found = case.decisions.filter(step=step).order_by("-at").first()
            return _contestable(what, found, case.owner.zone) if found else None
    return None


def last_day(decided: date) -> date:
    """The last day for an appeal against what was decided that day, by the rules of that day."""
    rules = rules_on(decided)
    calendar = working_calendar(rules.calendar)
    return calendar.due(decided, rules.number("appeal.filing"), "cd")


def appealed(ngo: int) -> bool:
    """Whether an appeal against a refusal to register this NGO is under way."""
    waiting = Appeal.objects.filter(ngo=ngo, case__state=FILED, what=Contested.REFUSAL)
    return waiting.exists()


def _contestable(what: Contested, decision: Decision, zone: str) -> Contestable:
    decided = decision.at.astimezone(ZoneInfo(zone)).date()
    return Contestable(what, decision, last_day(decided))
