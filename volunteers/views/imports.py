"""Importing an NGO's list of volunteers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from registry.importing.plans import Plan
from registry.views.importing import ImportPages
from volunteers.importing.importer import KIND


class VolunteerImport(ImportPages):
    """Also says how many on the list are under age."""

    def more(self, plan: Plan) -> dict[str, Any]:
        """`minors`: they need a parent's consent."""
        return {"minors": sum(row.target.minor for row in plan.rows if row.target)}


PAGES = VolunteerImport(
    kind=KIND,
    title=_("Import of volunteers"),
    address="people-import",
    choose="volunteers/import.html",
    plan="volunteers/import-batch.html",
    done="volunteers/import-batch.html",
)
upload, batch, rejected = PAGES.upload, PAGES.batch, PAGES.rejected
apply = require_POST(PAGES.apply)
