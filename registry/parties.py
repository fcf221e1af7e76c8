"""Who takes part in registering an NGO."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from casework.parties import ASKER, Members

head = Members(ASKER, Permission.LEAD, _("head of the NGO"))
ngo_desk = Members(ASKER, Permission.COORDINATE, _("the NGO"))
