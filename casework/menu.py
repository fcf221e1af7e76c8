"""Casework's rows in the menu: how terms are counted, members, notices."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.access import PUBLIC, SIGNED_IN
from accounts.hats import Acting
from accounts.permissions import Permission
from accounts.roles import Role
from casework.models import Notice
from casework.parties import holders
from face.menu import MenuRow


def unread(acting: Acting) -> QuerySet[Notice, Any]:
    """The notices that the reader has not opened."""
    return Notice.objects.filter(person=acting.user.pk, read_at=None)


ROWS = (
    MenuRow("calendar", _("How terms are counted"), PUBLIC),
    MenuRow("rules", _("Rules"), (Role.REGISTRAR, Role.CHIEF)),
    MenuRow("members", _("Members"), tuple(holders(Permission.INVITE))),
)
CORNER = (MenuRow("notices", _("Notices"), SIGNED_IN, count=unread),)
