"""Handing in documents with an application: every upload is a version, none is ever replaced."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload

from accounts.models import User
from casework.files import versions
from registry.models import Application, Document
from registry.queries.applications import WRITING

# While the NGO writes, and while it answers what the Department asked for.
TAKEN_IN = (*WRITING, "asked")


def add(
    application: Application, kind: str, upload: "Upload[Any]", *, by: User, at: datetime
) -> Document:
    """A new version of this kind; the same file once more adds none. Raises Refused."""
    return versions.add(_folder(application), kind, upload, by=by, at=at)


def add_all(
    application: Application,
    uploads: "Mapping[str, Upload[Any]]",
    *,
    by: User,
    at: datetime,
) -> None:
    """Each by itself: what is good is kept, and Refused says what was not and why."""
    versions.add_all(_folder(application), uploads, by=by, at=at)


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


def _folder(application: Application) -> versions.Folder[Document]:
    owner = application.ngo.organisation
    return versions.Folder(application.pk, owner, application.documents, TAKEN_IN)
