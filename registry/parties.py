"""Who takes part in registering an NGO."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from casework.parties import ASKER, Either, Members, TheClock, registrar, reviewer

head = Members(ASKER, Permission.LEAD, _("head of the NGO"))
ngo_desk = Members(ASKER, Permission.COORDINATE, _("the NGO"))
keeper = Either((registrar, reviewer), _("the Department"))
# What follows from an appeal is nobody's step: the engine takes it with the decision.
the_appeal = TheClock(_("the decision on an appeal"))
