"""From a case that was decided against an NGO to its appeal."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.models import Case
from casework.ways import Way
from registry.appeal_rules import why_not_filed
from registry.models import Appeal
from registry.queries.appeals import Contestable, contested


class Appealable:
    """A process whose decision the NGO may appeal: its cases lead there."""

    @classmethod
    def ways(cls, detail: Any, acting: Acting, at: datetime) -> list[Way]:
        """To the appeal that was filed, or to where it is filed."""
        return _ways(detail.case, acting, at)


def _ways(case: Case, acting: Acting, at: datetime) -> list[Way]:
    """For the head of the NGO the case is about."""
    own = acting.organisation is not None and acting.organisation.pk == case.asker_id
    found = contested(case) if own and acting.may(Permission.LEAD) else None
    if found is None:
        return []
    filed = Appeal.objects.filter(against=case, withdrawn_at=None).select_related("case").first()
    if filed is not None:
        label = _("Your appeal %(ref)s") % {"ref": filed.case.ref}
        return [Way(label, filed.case.get_absolute_url())]
    on = at.astimezone(ZoneInfo(case.owner.zone)).date()
    return [] if list(why_not_filed(case, found, on)) else [_to_file(case, found)]


def _to_file(case: Case, found: Contestable) -> Way:
    last = _("The last day for it is %(day)s.") % {"day": date_format(found.last_on, "j E Y")}
    return Way(_("Appeal against the decision"), reverse("appeal-new", args=[case.ref]), last)
