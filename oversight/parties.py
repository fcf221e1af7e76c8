"""Who takes part in the Department's own processes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework.process import Text


@dataclass(frozen=True)
class WhoeverAsked:
    """The person who asked about their data: they hear even after their account was closed."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They only hear."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """That one person."""
        return User.objects.filter(pk=detail.person_id, erased_at=None)


whoever_asked = WhoeverAsked(_("the person whose data they are"))
