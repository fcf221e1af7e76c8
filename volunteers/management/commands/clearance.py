"""`manage.py clearance EMAIL --type T07 --institution OGRN --from D --to D`: the answer of every
page, for whoever checks it from outside.
"""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.models import Institution
from registry.queries.versions import versions_on
from volunteers.models import Volunteer
from volunteers.queries.clearance import Missing, missing_for
from volunteers.queries.needed import needed


class Command(BaseCommand):
    """Print whether somebody is cleared, and everything that is missing."""

    help = "Whether a person is cleared for a type of interaction in an institution for some days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, for what, where, and from which day through which."""
        parser.add_argument("email")
        parser.add_argument("--type", required=True, dest="code", metavar="T07")
        parser.add_argument("--institution", required=True, metavar="OGRN")
        parser.add_argument("--from", required=True, dest="first", type=date.fromisoformat)
        parser.add_argument("--to", required=True, dest="last", type=date.fromisoformat)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 2 where something named does not exist."""
        first, last = options["first"], options["last"]
        if last < first:
            raise CommandError(f"{last} is before {first}.", returncode=2)
        person = Volunteer.objects.filter(person__email__iexact=options["email"]).first()
        house = Institution.objects.filter(organisation__ogrn=options["institution"]).first()
        version = next((v for v in versions_on(first) if v.type.code == options["code"]), None)
        if person is None or house is None or version is None:
            raise CommandError("No such volunteer, institution or type on that day.", returncode=2)
        need = needed(house.pk, version, first, last_on=last)
        days = (need.first_on, need.last_on)
        missing = missing_for([person.pk], need.tier, house.pk, *days)[person.pk]
        objections = [_objection(one) for one in missing]
        answer = {"cleared": not objections, "objections": objections}
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else _said(answer)
        )


def _objection(one: Missing) -> dict[str, Any]:
    return {
        "code": f"{one.requirement.code}.{one.why}" if one.requirement else one.why,
        "text": str(one.text),
        "remedy": str(one.remedy),
        "clears_on": one.clears_on.isoformat() if one.clears_on else None,
    }


def _said(answer: dict[str, Any]) -> str:
    lines = [f"{one['text']} {one['remedy']}".strip() for one in answer["objections"]]
    return "\n".join(["cleared" if answer["cleared"] else "not cleared", *lines])
