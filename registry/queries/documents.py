"""The documents of an application: what is there, in which version, and what is missing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from accounts.hats import Acting
from casework.process import Text
from casework.queries import cases_visible_to
from registry.models import REQUIRED, Application, Document, DocumentKind


@dataclass(frozen=True)
class Held:
    """One kind of document: the version that counts and those before it, the newest first."""

    kind: str
    label: Text
    required: bool
    newest: Document | None
    earlier: list[Document]


def documents_of(application: Application) -> list[Held]:
    """Every kind in its order, whether it is there or not; read once for one instance."""
    found = Document.objects.select_related("file").order_by("kind", "-number")
    prefetch_related_objects([application], Prefetch("documents", found))
    by_kind: dict[str, list[Document]] = {}
    for one in application.documents.all():
        by_kind.setdefault(one.kind, []).append(one)
    return [_held(kind, by_kind.get(kind.value, [])) for kind in DocumentKind]


def missing(application: Application) -> list[DocumentKind]:
    """The kinds without which it is not sent, and which are not there."""
    held = {one.kind for one in documents_of(application) if one.newest}
    return [kind for kind in REQUIRED if kind not in held]


def document_visible_to(acting: Acting, pk: int) -> QuerySet[Document, Any]:
    """The document of this key if its case may be seen."""
    seen = Document.objects.filter(application__case__in=cases_visible_to(acting))
    return seen.filter(pk=pk).select_related("file")


def _held(kind: DocumentKind, versions: list[Document]) -> Held:
    newest = versions[0] if versions else None
    return Held(kind.value, kind.label, kind in REQUIRED, newest, versions[1:])
