"""The documents of an application: what is there, in which version, and what is missing."""

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from accounts.hats import Acting
from casework.files.versions import Held, held
from casework.queries import cases_visible_to
from registry.models import REQUIRED, Application, Document, DocumentKind


def documents_of(application: Application) -> list[Held]:
    """Every kind in its order, whether it is there or not; read once for one instance."""
    found = Document.objects.select_related("file").order_by("kind", "-number")
    prefetch_related_objects([application], Prefetch("documents", found))
    kinds = ((kind.value, kind.label) for kind in DocumentKind)
    return held(kinds, application.documents.all(), REQUIRED)


def missing(application: Application) -> list[DocumentKind]:
    """The kinds without which it is not sent, and which are not there."""
    there = {one.kind for one in documents_of(application) if one.newest}
    return [kind for kind in REQUIRED if kind not in there]


def document_visible_to(acting: Acting, pk: int) -> QuerySet[Document, Any]:
    """The document of this key if its case may be seen."""
    seen = Document.objects.filter(application__case__in=cases_visible_to(acting))
    return seen.filter(pk=pk).select_related("file")
