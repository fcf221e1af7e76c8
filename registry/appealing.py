"""Filing an appeal: the case is opened and sent in one go."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from accounts.models import User
from casework.engine import NOT_YOURS, USED_KEY, open_case, retried
from casework.models import Case, Decision
from casework.process import Refused
from registry.appeal_rules import why_not_filed
from registry.flows import AppealFlow
from registry.models import Appeal, Ngo
from registry.queries.appeals import contested


def file(against: Case, grounds: str, *, by: Acting, at: datetime, key: str) -> Appeal:
    """An appeal against what was decided in this case; the same key gives the same one.

    Raises Refused with every reason.
    """
    user, mine = by.user, by.organisation
    if mine is None or not isinstance(user, User) or against.asker_id != mine.pk:
        raise Refused(NOT_YOURS)

    def once() -> Appeal:
        # One after the other: of two forms the second sees what the first has filed.
        ngo = Ngo.objects.select_for_update(of=("self",)).get(pk=mine.pk)
        if earlier := Decision.objects.filter(key=f"{user.pk}:{key}").first():
            filed = Appeal.objects.filter(pk=earlier.case_id, against=against, grounds=grounds)
            if known := filed.first():
                return known
            raise Refused(USED_KEY)
        held = Case.objects.select_related("owner").get(pk=against.pk)
        found = contested(held)
        why_not = list(why_not_filed(held, found, _day(held, at)))
        if found is None or why_not:
            raise Refused(*why_not)
        case = open_case(AppealFlow, owner=held.owner, asker=mine, by=user, at=at)
        appeal = Appeal.objects.create(
            case=case, ngo=ngo, against=held, what=found.what, grounds=grounds
        )
        AppealFlow.file(appeal, by=by, at=at, key=key, opened=True)
        return appeal

    return retried(once)


def _day(case: Case, at: datetime) -> date:
    return at.astimezone(ZoneInfo(case.owner.zone)).date()
