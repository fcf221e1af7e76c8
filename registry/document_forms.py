"""The files an NGO hands in with its application."""

from django.utils.translation import gettext_lazy as _

from registry.models import DocumentKind

HINTS = {
    DocumentKind.CHARTER: _("The charter in force: every page, with the mark of registration."),
    DocumentKind.HEAD: _(
        "The decision or order by which the head was appointed; it spares you a question."
    ),
    DocumentKind.SAFEGUARDING: _(
        "Rules of your own, no general sample: what is forbidden, whom a volunteer tells of a "
        "concern, who sees to it that the rules are kept."
    ),
    DocumentKind.TRAINING: _(
        "What volunteers are taught, for how many hours, and how it is checked."
    ),
}
