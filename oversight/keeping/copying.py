"""A copy of everything that is kept about a person, for that person alone."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts.models import User
from accounts.sealing import Sealed
from casework.letters import letter
from casework.models import Decision, Notice
from casework.process import Flow
from oversight.keeping.graph import LINKS, Link
from oversight.keeping.sections import SECTIONS
from oversight.keeping.wording import STATES, TITLES
from visits.models import Participation
from volunteers.models import Outcome
from volunteers.models.sealed import NUMBER

ONESELF = (
    "email",
    "family_name",
    "given_name",
    "patronymic",
    "language",
    "joined_at",
    "last_login",
)


@dataclass(frozen=True)
class Part:
    """The rows of one link: their fields, or only how many there are."""

    link: Link
    rows: list[dict[str, Any]]
    count: int


def parts_of(person: User, section: str) -> Iterator[Part]:
    """Everything of one section, link by link; links without rows are left out."""
    for link in LINKS:
        if link.section == section and (part := _part(person, link)).count:
            yield part


def counts_of(person: User) -> dict[str, int]:
    """How many rows there are in each section: one query."""
    counted: dict[str, int] = {section.code: 0 for section in SECTIONS}
    queries = [
        _rows(person, link).order_by().values(n=models.Value(n)).annotate(many=models.Count("pk"))
        for n, link in enumerate(LINKS)
    ]
    for row in queries[0].union(*queries[1:], all=True):
        counted[LINKS[row["n"]].section] += row["many"]
    return counted


def contents(person: User, at: datetime) -> dict[str, Any]:
    """All of it as values."""
    own = {name: getattr(person, name) for name in ONESELF}
    sections = [
        {
            "section": section.code,
            "title": str(section.title),
            "parts": [
                {
                    "where": part.link.where,
                    "title": str(TITLES.get(part.link.where, "")),
                    "count": part.count,
                    "rows": part.rows,
                }
                for part in parts_of(person, section.code)
            ],
        }
        for section in SECTIONS
    ]
    return {"made_at": at, "number": person.pk, "person": own, "sections": sections}


def archive(person: User, at: datetime) -> bytes:
    """A ZIP with the same twice: for a program, and to be read."""
    found = contents(person, at)
    text = json.dumps(found, cls=_Encoder, ensure_ascii=False, indent=1)
    context = {"found": found, "language": get_language(), "at": at}
    page = render_to_string("oversight/my-data-copy.html", context)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("data.json", text)
        folder.writestr("data.html", page)
    return made.getvalue()


def _rows(person: User, link: Link) -> Any:
    model = apps.get_model(link.model)
    return model._default_manager.filter(**{link.field: person.pk})


def _part(person: User, link: Link) -> Part:
    rows = _rows(person, link).order_by("pk")
    if not link.shows:
        return Part(link, [], rows.count())
    found = [_spoken(rows.model, row) for row in rows.values(*link.shows)]
    for name, said in SAID.get(link.where, {}).items():
        for row, value in zip(found, said(rows), strict=True):
            row[name] = value
    return Part(link, found, len(found))


def _spoken(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """The row with words where the database keeps a code for them."""
    words = {one.name: dict(one.flatchoices) for one in model._meta.fields if one.flatchoices}
    return {
        name: str(words.get(name, {}).get(value, value)) if name in words else value
        for name, value in row.items()
    }


def _numbers(rows: models.QuerySet[Outcome]) -> Iterator[str]:
    for pk, sealed in rows.values_list("pk", "number_sealed"):
        try:
            yield NUMBER.unseal(bytes(sealed), pk)
        except Sealed:  # its key is gone: the rest is still theirs to have
            yield ""


def _requirements(checks: models.QuerySet[Outcome]) -> Iterator[str]:
    for check in checks.select_related("requirement"):
        yield check.requirement.name


def _states(visits: models.QuerySet[Participation]) -> Iterator[str]:
    for state in visits.values_list("state", flat=True):
        yield str(STATES[state])


def _letters(notices: models.QuerySet[Notice]) -> Iterator[str]:
    language = (get_language() or "")[:2]
    for notice in notices.select_related("person", "case"):
        found = letter(notice, language)
        yield f"{found.subject}\n\n{found.text}"


def _steps(decisions: models.QuerySet[Decision]) -> Iterator[str]:
    for kind, step in decisions.values_list("case__kind", "step"):
        yield str(Flow.by_kind[kind].steps[step].past if kind in Flow.by_kind else step)


# What is said in other words than it is kept: a number opened, a notice as it was read.
SAID: dict[str, dict[str, Callable[[Any], Iterator[str]]]] = {
    "volunteers.Outcome.volunteer": {"requirement": _requirements, "number": _numbers},
    "visits.Participation.volunteer": {"state": _states},
    "casework.Notice.person": {"told": _letters},
    "casework.Decision.actor": {"step": _steps},
}


class _Encoder(DjangoJSONEncoder):
    """Periods as their first day and the first day after them."""

    def default(self, o: Any) -> Any:
        if hasattr(o, "lower") and hasattr(o, "upper"):
            return [o.lower, o.upper]
        return super().default(o)
