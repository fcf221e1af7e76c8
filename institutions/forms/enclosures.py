"""What the kinds of documents of a proposal are for."""

from django.utils.translation import gettext_lazy as _

from institutions.models import EnclosureKind

HINTS = {
    EnclosureKind.PROGRAMME: _("What is done on which day, with whom and how long."),
    EnclosureKind.CALCULATION: _("People, hours, materials and who pays for them."),
    EnclosureKind.LETTERS: _(
        "From institutions where you have worked: several letters go into one PDF."
    ),
    EnclosureKind.OTHER: _("What the institution asked for, or what it should see besides."),
}
