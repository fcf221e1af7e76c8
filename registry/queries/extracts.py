"""What an extract from the register says of an NGO, in words of the reader's language."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.queries.cards import ngo_card
from registry.queries.suspensions import Held


def extract(ref: str, on: date) -> dict[str, Any] | None:
    """The values of `casework.papers.contents.Extract` on this day; None where nobody may read."""
    card = ngo_card(ref, on)
    if card is None:
        return None
    organisation = card["organisation"]
    return {
        "ngo": organisation.name,
        "ref": organisation.ref,
        "form": card["ngo"].form,
        "ogrn": organisation.ogrn or "",
        "inn": organisation.inn,
        "registrations": [_registration(one) for one in card["registrations"]],
        "held": [_held(one) for one in card["held"]],
    }


def keeper() -> Organisation | None:
    """The Department: it keeps the register and issues extracts from it."""
    return Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("pk").first()


def _registration(shown: dict[str, Any]) -> dict[str, Any]:
    withdrawn = shown["withdrawn_on"]
    return {
        "number": shown["number"],
        "since": shown["valid_from"],
        "through": shown["valid_through"],
        "standing": shown["standing_label"],
        "withdrawn_on": withdrawn if shown["standing"] == "withdrawn" else None,
        "types": [
            {"code": one["code"], "name": one["name"], "kinds": one["kinds"]}
            for one in shown["types"]
        ],
    }


def _held(one: Held) -> dict[str, Any]:
    where = one.suspension.institution
    what = one.type_name or _("All types of interaction")
    standings = {
        "now": _("Suspended"),
        "to_come": _("Not yet begun"),
        "lifted": _("Lifted"),
        "ended": _("Ended"),
    }
    return {
        "what": f"{what}, {where.organisation.name}" if where else what,
        "since": one.suspension.from_on,
        "through": one.suspension.through_on,
        "standing": standings[one.standing],
    }
