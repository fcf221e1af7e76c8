"""Importing an old register."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from registry.views.importing import ImportPages

PAGES = ImportPages(
    kind="register",
    title=_("Import of the register"),
    address="register-import",
    choose="registry/import.html",
    plan="registry/import_plan.html",
    done="registry/import_done.html",
)
upload, batch, rejected = PAGES.upload, PAGES.batch, PAGES.rejected
apply = require_POST(PAGES.apply)
