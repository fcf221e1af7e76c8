"""Who takes part in a visit, and in what is told to the Department."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from casework.parties import ASKER, OWNER, Depends, Either, Members, Opener
from casework.process import Party
from registry.models import Risk
from visits.models import Visit

desk = Members(OWNER, Permission.ANSWER_VISITS, _("visits desk"))
director = Members(OWNER, Permission.DIRECT, _("director"))
gate = Members(OWNER, Permission.KEEP_GATE, _("gate"))
coordinator = Members(ASKER, Permission.COORDINATE, _("coordinator of the NGO"))
asker = Either((Opener(_("whoever booked")), coordinator), _("whoever asked, or their coordinator"))

HIGH = {Risk.HIGH, Risk.VERY_HIGH}


def _by_risk(visit: Visit) -> Party:
    return director if visit.type_version.risk in HIGH else desk


decider = Depends(_by_risk, _("the desk; for high risk the director"))
either_side = Either((asker, decider), _("either side"))
