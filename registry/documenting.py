"""Handing in documents with an application: every upload is a version, none is ever replaced."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload

from accounts.models import User
from casework import files
from casework.engine import CHANGED, retried
from casework.models import Case
from casework.process import Objection, Refused
from registry.models import Application, Document
from registry.queries.applications import WRITING

# While the NGO writes, and while it answers what the Department asked for.
TAKEN_IN = (*WRITING, "asked")


def add(
    application: Application, kind: str, upload: "Upload[Any]", *, by: User, at: datetime
) -> Document:
    """A new version of this kind; the same file once more adds none. Raises Refused."""
    owner = application.ngo.organisation
    # Looked through before the case is locked: a large picture takes its time.
    looked = files.look(upload, owner=owner, at=at, field=kind)

    def once() -> Document:
        case = Case.objects.select_for_update().get(pk=application.pk)
        if case.state not in TAKEN_IN:
            raise Refused(CHANGED)
        versions = Document.objects.filter(application=application, kind=kind)
        last = versions.select_related("file").order_by("-number").first()
        if last is not None and last.file.sha256 == looked.sha256:
            return last
        return Document.objects.create(
            application=application,
            kind=kind,
            number=last.number + 1 if last else 1,
            file=files.keep(looked, owner=owner, by=by, at=at, field=kind),
            added_at=at,
            added_by=by,
        )

    return retried(once)


def add_all(
    application: Application,
    uploads: "Mapping[str, Upload[Any]]",
    *,
    by: User,
    at: datetime,
) -> None:
    """Each by itself: what is good is kept, and Refused says what was not and why."""
    objections: list[Objection] = []
    for kind, upload in uploads.items():
        try:
            add(application, kind, upload, by=by, at=at)
        except Refused as refused:
            objections.extend(refused.objections)
    if objections:
        raise Refused(*objections)


def carry_over(last: Application, draft: Application, *, by: User, at: datetime) -> None:
    """What counted in an earlier application of the NGO is the first version of the new one."""
    newest = Document.objects.filter(application=last).order_by("kind", "-number").distinct("kind")
    Document.objects.bulk_create(
        Document(
            application=draft,
            kind=one.kind,
            number=1,
            file_id=one.file_id,
            added_at=at,
            added_by=by,
        )
        for one in newest
    )
