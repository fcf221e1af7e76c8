"""What the papers of this floor say, in the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import Membership
from casework.models import Decision, PaperKind
from casework.process import Printed
from registry.models import Appeal, Contested
from registry.queries.appeals import FOLLOWS, STANDS


def decided(detail: Appeal, decision: Decision) -> Printed:
    """What the commission decided on an appeal, why, and what follows."""
    what, case = Contested(detail.what), detail.case
    contested = detail.against.decisions.filter(step=STANDS[what][2]).latest("recorded_at")
    hat: Membership | None = decision.membership
    overturned = decision.step == "overturn"
    values = {
        "ngo": detail.ngo.organisation.name,
        "appeal": case.ref,
        "filed_on": _day(detail, case.opened_at),
        "what": str(what.label),
        "against": detail.against.ref,
        "decided_on": _day(detail, contested.at),
        "overturned": overturned,
        "grounds": detail.grounds,
        "reason": decision.reason,
        "follows": str(FOLLOWS[what]) if overturned else "",
        "role": str(hat.get_role_display()) if hat else "",
        "name": str(decision.actor or ""),
    }
    return Printed(PaperKind.APPEAL, case.owner, values)


def _day(detail: Appeal, at: datetime) -> date:
    """The day of a moment where the Department is."""
    return at.astimezone(ZoneInfo(detail.case.owner.zone)).date()
