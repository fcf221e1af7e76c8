"""What an agreement says of its three parties beside its terms."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.parameters import rules_on
from institutions.duties import Party, words
from institutions.models import Agreement
from institutions.queries.representatives import sides


def on_paper(deal: Agreement, on: date) -> dict[str, Any]:
    """Duties, representatives, how needs are announced, how volunteers are briefed.

    The NGO brings its volunteers: on paper their duties stand under its own.
    """
    rules = rules_on(on)
    named = [one for one in sides(deal, on) if one.person]
    return {
        "duties": {
            "institution": words(rules, Party.INSTITUTION),
            "ngo": words(rules, Party.NGO, Party.VOLUNTEERS),
        },
        "representatives": [f"{one.organisation.short_name}: {one.person}" for one in named],
        "need": _(
            "The institution announces whom it needs, for what and until when on its public card; "
            "all announcements stand in one public list."
        ),
        "briefing": _(
            "The NGO briefs its volunteers on the risks and writes down when, about what and for "
            "how many people it did."
        ),
    }
