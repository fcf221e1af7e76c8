"""Documents of a case in versions: a newer file is another version, and none is ever replaced."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.files.base import File as Upload
from django.db.models import Manager

from accounts.models import Organisation, User
from casework.engine import CHANGED, retried
from casework.files.intake import keep, look
from casework.models import Case, Version
from casework.process import Objection, Refused, Text

V = TypeVar("V", bound=Version)


@dataclass(frozen=True)
class Folder(Generic[V]):
    """The documents of one case: whose files they are, and in which states more are taken in."""

    case_id: int
    owner: Organisation
    documents: "Manager[V]"
    taken_in: Collection[str]


@dataclass(frozen=True)
class Held:
    """One kind of document: the version that counts and those before it, the newest first."""

    kind: str
    label: Text
    required: bool
    newest: Any
    earlier: list[Any]


def add(folder: Folder[V], kind: str, upload: "Upload[Any]", *, by: User, at: datetime) -> V:
    """A new version of this kind; the same file once more adds none. Raises Refused."""
    # Looked through before the case is locked: a large picture takes its time.
    looked = look(upload, owner=folder.owner, at=at, field=kind)

    def once() -> V:
        case = Case.objects.select_for_update().get(pk=folder.case_id)
        if case.state not in folder.taken_in:
            raise Refused(CHANGED)
        versions = folder.documents.filter(kind=kind)
        last = versions.select_related("file").order_by("-number").first()
        if last is not None and last.file.sha256 == looked.sha256:
            return last
        return folder.documents.create(
            kind=kind,
            number=last.number + 1 if last else 1,
            file=keep(looked, owner=folder.owner, by=by, at=at, field=kind),
            added_at=at,
            added_by=by,
        )

    return retried(once)


def add_all(
    folder: Folder[V], uploads: "Mapping[str, Upload[Any]]", *, by: User, at: datetime
) -> None:
    """Each by itself: what is good is kept, and Refused says what was not and why."""
    objections: list[Objection] = []
    for kind, upload in uploads.items():
        try:
            add(folder, kind, upload, by=by, at=at)
        except Refused as refused:
            objections.extend(refused.objections)
    if objections:
        raise Refused(*objections)


def held(
    kinds: Iterable[tuple[str, Text]], newest_first: Iterable[Version], required: Collection[str]
) -> list[Held]:
    """Every kind in its order, whether it is there or not."""
    by_kind: dict[str, list[Version]] = {}
    for one in newest_first:
        by_kind.setdefault(one.kind, []).append(one)
    return [_held(kind, label, by_kind.get(kind, []), kind in required) for kind, label in kinds]


def _held(kind: str, label: Text, versions: list[Version], required: bool) -> Held:
    return Held(kind, label, required, versions[0] if versions else None, versions[1:])
