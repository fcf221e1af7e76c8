"""Attaching documents to a proposal: every upload is a version, none is ever replaced."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload

from accounts.models import User
from casework.files import versions
from institutions.models import Enclosure, Proposal
from institutions.queries.enclosures import TAKEN_IN


def enclose(
    proposal: Proposal, kind: str, upload: "Upload[Any]", *, by: User, at: datetime
) -> Enclosure:
    """A new version of this kind; the same file once more adds none. Raises Refused."""
    return versions.add(_folder(proposal), kind, upload, by=by, at=at)


def enclose_all(
    proposal: Proposal, uploads: "Mapping[str, Upload[Any]]", *, by: User, at: datetime
) -> None:
    """Each by itself: what is good is kept, and Refused says what was not and why."""
    versions.add_all(_folder(proposal), uploads, by=by, at=at)


def _folder(proposal: Proposal) -> versions.Folder[Enclosure]:
    owner = proposal.ngo.organisation
    return versions.Folder(proposal.pk, owner, proposal.enclosures, TAKEN_IN)
