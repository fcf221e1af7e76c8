"""The documents of a proposal: what is there, in which version, and who opens it."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce, JSONObject

from accounts.hats import Acting
from casework.files.versions import Held, held
from casework.models import File
from casework.queries import cases_visible_to
from institutions.models import Enclosure, EnclosureKind, Proposal, ProposalState
from institutions.queries.house import named_types

# While the NGO writes, and while it answers what the institution asked for.
TAKEN_IN = (ProposalState.DRAFT, ProposalState.ASKED)
# What a page says of a document: of the version, and of its file.
SAID = {name: name for name in ("pk", "kind", "number")} | {
    name: f"file__{name}" for name in ("name", "size", "media_type", "sha256", "uploaded_at")
}


def enclosures_of(proposal: Proposal) -> list[Held]:
    """Every kind in its order, whether it is there or not; read once for one instance."""
    found = Enclosure.objects.select_related("file").order_by("kind", "-number")
    prefetch_related_objects([proposal], Prefetch("enclosures", found))
    kinds = ((kind.value, kind.label) for kind in EnclosureKind)
    return held(kinds, proposal.enclosures.all(), required=())


def types_and_enclosures(proposal: Proposal) -> tuple[list[str], list[Held]]:
    """The names of what is proposed, as they are on its first day, and its documents: one query."""
    types = named_types(proposal.during.lower).filter(pk__in=proposal.types.values("pk"))
    documents = Enclosure.objects.filter(proposal=proposal).order_by("kind", "-number")
    found: Any = Proposal.objects.filter(pk=proposal.pk).values(
        names=ArraySubquery(types.values(said=Coalesce("name", "code"))),
        documents=ArraySubquery(documents.values(said=JSONObject(**SAID))),
    )[0]
    kinds = ((kind.value, kind.label) for kind in EnclosureKind)
    return found["names"], held(kinds, map(_version, found["documents"]), required=())


def _version(said: dict[str, Any]) -> Enclosure:
    own = {name: said.pop(name) for name in ("pk", "kind", "number")}
    said["uploaded_at"] = datetime.fromisoformat(said["uploaded_at"])
    return Enclosure(file=File(**said), **own)


def enclosure_visible_to(acting: Acting, pk: int) -> QuerySet[Enclosure, Any]:
    """The document of this key if its proposal may be seen."""
    seen = Enclosure.objects.filter(proposal__case__in=cases_visible_to(acting))
    return seen.filter(pk=pk).select_related("file")
