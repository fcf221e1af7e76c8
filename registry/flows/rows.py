"""What the page of an application's case shows of it."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.process import Text
from face.templatetags.face import day
from registry.handed_in import handed_in
from registry.models import Application, Defect
from registry.queries.applications import wanted_by_type
from registry.queries.bars import bar_of
from registry.queries.documents import documents_of


def link_to(case: Case) -> SafeString:
    """Another case that whoever reads this one may read too."""
    return format_html('<a href="{}">{}</a>', case.get_absolute_url(), case.ref)


def rows_of(detail: Application) -> list[tuple[Text, Any]]:
    """What the NGO says of itself and asks for; what is empty is left out."""
    organisation = detail.ngo.organisation
    rows: list[tuple[Text, Any]] = [
        (_("OGRN"), organisation.ogrn or "—"),
        (_("INN"), organisation.inn or "—"),
        (_("Head"), detail.ngo.head_name or "—"),
        (_("Experience"), detail.experience),
        (_("Protection of children"), detail.safeguarding),
        (_("Preparation of volunteers"), detail.preparation),
        (_("Documents"), handed_in(documents_of(detail))),
        (_("Asks for"), ";\n".join(wanted_by_type(detail))),
        (_("Defects named"), "; ".join(str(Defect(code).label) for code in detail.defects)),
        (_("Number in the register"), detail.registration.number if detail.registration else ""),
        (_("After the appeal"), link_to(detail.appeal.case) if detail.appeal else ""),
    ]
    if detail.case.state == "excluded" and (bar := bar_of(detail.case)):
        rows.append((_("May apply again from"), day(bar.until_on)))
    return [row for row in rows if row[1]]
