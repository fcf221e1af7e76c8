"""One search over institutions and NGOs: what is found, in which order, page by page.

A question finds names by words; when none has them, names that look alike, best first. Answers
stand in the order of names, and a page begins after the last name of the one before it, so
that a page far down costs what the first one costs.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.models import Approved, Institution, Ngo, Registration, Site, TypeVersion
from registry.queries.cursors import Cursor
from registry.queries.names import in_order

COUNTED = 1000
WORDS = 10
NUMBER = re.compile(r"\d{5,15}")
REGISTER_NUMBER = re.compile(r"нко-\d{4}-\d+", re.IGNORECASE)

Found = QuerySet[Organisation, Any]


@dataclass(frozen=True)
class Question:
    """What is looked for; an empty field does not narrow the search."""

    text: str = ""
    what: str = ""
    kind: str = ""
    okrug: str = ""
    district: str = ""
    type: str = ""

    @property
    def plain(self) -> str:
        """The text as names are kept for searching: lower case, ё as е, single blanks."""
        composed = unicodedata.normalize("NFC", self.text).lower().replace("ё", "е")
        return " ".join(composed.split())


@dataclass(frozen=True)
class Page:
    """One page of what is found; `alike`: no name has these words, these look like them."""

    rows: list[Organisation]
    after: str = ""
    alike: bool = False


def page(question: Question, on: date, *, after: Cursor | None, size: int) -> Page:
    """The page that begins after this place, or at the beginning."""
    found = _ordered(_with_text(everything(question, on), question))
    if after is not None:
        found = found.filter(Q(place__gt=after.name) | Q(place=after.name, pk__gt=after.pk))
    rows = list(_described(found)[: size + 1])
    if not rows and after is None and question.plain:
        rows = alike(question, on, size=size)
        return Page(rows, alike=bool(rows))
    more = len(rows) > size
    last: Any = rows[size - 1] if more else None
    return Page(rows[:size], Cursor(last.place, last.pk).as_text() if more else "")


def count(question: Question, on: date) -> dict[str, int]:
    """How many institutions and NGOs there are; beyond COUNTED rows counting stops."""
    found = _with_text(everything(question, on), question)
    kinds = list(found.values_list("kind", flat=True)[: COUNTED + 1])
    return {
        "institutions": kinds.count(OrganisationKind.INSTITUTION),
        "ngos": kinds.count(OrganisationKind.NGO),
        "capped": len(kinds) > COUNTED,
    }


def alike(question: Question, on: date, *, size: int) -> list[Organisation]:
    """Organisations whose names look like the text, the most alike first."""
    with connection.cursor() as cursor:
        cursor.execute("select id, likeness from registry_alike(%s)", [question.plain])
        likeness = dict(cursor.fetchall())
    if not likeness:
        return []
    rows = _described(_ordered(everything(question, on).filter(pk__in=likeness)))
    return sorted(rows, key=lambda row: -likeness[row.pk])[:size]


def everything(question: Question, on: date) -> Found:
    """All organisations of the register that fit, whatever their names."""
    kinds: list[Q] = []
    if question.what != OrganisationKind.NGO:
        kinds.append(Q(kind=OrganisationKind.INSTITUTION) & Q(_institutions(question, on)))
    # An NGO has no address here: where a place is asked for, only institutions can stand.
    if question.what != OrganisationKind.INSTITUTION and not (question.okrug or question.district):
        kinds.append(Q(kind=OrganisationKind.NGO) & Q(_ngos(question, on)))
    return Organisation.objects.filter(reduce(or_, kinds, Q(pk__in=[])))


def _institutions(question: Question, on: date) -> Exists:
    """Of this kind, in this place, of a kind for which the type is allowed."""
    found = Institution.objects.filter(pk=OuterRef("pk"))
    if question.kind:
        found = found.filter(kind__code=question.kind)
    if question.type:
        allowing = TypeVersion.objects.in_force(on).filter(type__code=question.type)
        found = found.filter(kind__in=allowing.values("kinds"))
    if question.okrug:
        found = found.filter(sites__district__okrug__code=question.okrug)
    if question.district:
        found = found.filter(sites__district__oktmo=question.district)
    return Exists(found)


def _ngos(question: Question, on: date) -> Exists:
    """All of them, or those allowed this type or this kind of institution on this day."""
    if not (question.kind or question.type):
        return Exists(Ngo.objects.public().filter(pk=OuterRef("pk")))
    approved = Approved.objects.filter(
        registration__in=Registration.objects.in_force(on).filter(ngo=OuterRef(OuterRef("pk")))
    )
    if question.kind:
        approved = approved.filter(kind__code=question.kind)
    if question.type:
        approved = approved.filter(type__code=question.type)
    return Exists(approved)


def _with_text(found: Found, question: Question) -> Found:
    text = question.plain
    if not text:
        return found
    digits = text.replace(" ", "")
    if NUMBER.fullmatch(digits):
        return found.filter(Q(ogrn__startswith=digits) | Q(inn__startswith=digits))
    if REGISTER_NUMBER.fullmatch(text):
        numbers = Registration.objects.filter(number=text.upper())
        return found.filter(pk__in=numbers.values("ngo"))
    words = re.findall(r"[^\W_]+", text)[:WORDS]
    if not words:
        return found.none()
    asked = SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="russian", search_type="raw"
    )
    vector = Func("name", "short_name", function="registry_words", output_field=SearchVectorField())
    return found.alias(words=vector).filter(words=asked)


def _ordered(found: Found) -> Found:
    return found.annotate(place=in_order("short_name")).order_by("place", "pk")


def _described(found: Found) -> Found:
    """With the keys of kind and district, so that a page needs no query for them."""
    institution = Institution.objects.filter(pk=OuterRef("pk"))
    site = Site.objects.filter(institution=OuterRef("pk")).order_by("pk")
    return found.annotate(
        kind_code=Subquery(institution.values("kind__code")[:1]),
        beds=Subquery(institution.values("beds")[:1]),
        district_code=Subquery(site.values("district__oktmo")[:1]),
    )
