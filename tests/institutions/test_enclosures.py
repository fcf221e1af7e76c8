"""Documents of a proposal: versions that stay, when they are taken in, who opens them."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError

from accounts.roles import Role
from casework.models import File, Paper, PaperKind
from casework.process import Refused
from institutions.flows import FounderReviewFlow, ProposalFlow
from institutions.models import Enclosure, EnclosureKind, FounderReview, Proposal
from institutions.queries.enclosures import enclosures_of
from institutions.services.enclosures import enclose
from tests import factories
from tests.institutions.doing import NOON, key
from tests.institutions.paging import asked, signed_in, text
from tests.institutions.proposing import acting, again, draft, send, take
from tests.uploads import pdf, picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PROGRAMME = EnclosureKind.PROGRAMME
REFUSAL = {"code": "R5", "reason": "Мало часов", "assessment": ""}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.OPEN_DOORS_FILES = tmp_path


def add(
    cast: SimpleNamespace, proposal: Proposal, content: bytes = pdf(), kind: str = PROGRAMME
) -> Enclosure:
    return enclose(proposal, kind, upload(content, "план.pdf"), by=cast.coordinator, at=NOON)


def written(cast: SimpleNamespace) -> Proposal:
    return Proposal.objects.select_related("case", "ngo__organisation").get(pk=draft(cast).pk)


def sent(cast: SimpleNamespace, proposal: Proposal) -> Proposal:
    ProposalFlow.send(proposal, by=acting(cast, "coordinator"), at=NOON, key=key())
    return again(proposal)


def where(proposal: Proposal) -> str:
    return f"/proposals/{proposal.case.ref}/documents/"


def test_a_newer_file_is_a_newer_version_and_the_older_stays(cast: SimpleNamespace) -> None:
    proposal = written(cast)
    add(cast, proposal)
    newest = add(cast, proposal, picture())
    assert add(cast, proposal, picture()) == newest
    programme = enclosures_of(again(proposal))[0]
    assert (programme.newest, [one.number for one in programme.earlier]) == (newest, [1])
    assert [one.newest for one in enclosures_of(again(proposal))[1:]] == [None, None, None]


@pytest.mark.parametrize(
    "change",
    [
        "update institutions_enclosure set number = 9",
        "delete from institutions_enclosure",
        "set constraints all immediate; truncate institutions_enclosure",
    ],
)
def test_no_version_is_ever_changed(cast: SimpleNamespace, change: str) -> None:
    add(cast, written(cast))
    with pytest.raises(InternalError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_keeps_versions_apart_and_files_with_their_ngo(cast: SimpleNamespace) -> None:
    proposal = written(cast)
    first = add(cast, proposal)
    fields: dict[str, Any] = {"added_at": NOON, "added_by": cast.coordinator}
    with pytest.raises(IntegrityError, match="one_enclosure_per_version"), transaction.atomic():
        Enclosure.objects.create(
            proposal=proposal, kind=PROGRAMME, number=1, file=first.file, **fields
        )
    other = SimpleNamespace(house=cast.house, ngo=factories.ngo())
    other.coordinator = factories.member(other.ngo.organisation, Role.COORDINATOR)
    with pytest.raises(IntegrityError, match="file of the NGO"), transaction.atomic():
        Enclosure.objects.create(
            proposal=draft(other), kind=PROGRAMME, number=1, file=first.file, **fields
        )


def test_documents_are_taken_in_the_draft_and_while_the_institution_asks(
    cast: SimpleNamespace,
) -> None:
    proposal = sent(cast, written(cast))
    with pytest.raises(Refused) as refused:
        add(cast, proposal)
    assert [one.code for one in refused.value.objections] == ["changed"]
    take(ProposalFlow.request_information, proposal, cast, "director", NOON, reason="Смета?")
    assert add(cast, proposal).number == 1
    take(ProposalFlow.supply, proposal, cast, "coordinator", NOON, reason="Приложена")
    with pytest.raises(Refused):
        add(cast, proposal, picture())


def test_the_paper_of_the_proposal_names_what_came_with_it(cast: SimpleNamespace) -> None:
    proposal = written(cast)
    add(cast, proposal)
    newest = add(cast, proposal, picture())
    sent(cast, proposal)
    paper = Paper.objects.get(kind=PaperKind.PROPOSAL)
    assert paper.values["documents"] == [
        {"name": "Программа: план.png", "sha256": newest.file.sha256}
    ]


def test_both_sides_and_the_reviewer_open_them_and_nobody_else(cast: SimpleNamespace) -> None:
    cast.commissioner = factories.member(cast.department, Role.COMMISSIONER)
    proposal = written(cast)
    document = f"/proposals/documents/{add(cast, proposal).pk}/"
    other = factories.member(factories.ngo().organisation, Role.HEAD)
    assert signed_in(cast.director).get(document).status_code == 404  # a draft is the NGO's alone
    proposal = sent(cast, proposal)
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **REFUSAL)
    take(ProposalFlow.ask_founder, proposal, cast, "head", NOON, reason="Часы названы")
    review = FounderReview.objects.get(proposal=proposal)
    for person in (cast.head, cast.director, cast.commissioner):
        client = signed_in(person)
        to = client.get(document)["Location"]
        assert re.fullmatch(r"/files/[\w-]+/", to)
        assert b"".join(client.get(to).streaming_content) == pdf()  # type: ignore[attr-defined]
        assert "план.pdf" in text(client.get(f"/cases/{proposal.case.ref}/"))
    page = text(signed_in(cast.commissioner).get(f"/cases/{review.case.ref}/"))
    assert (document in page, "SHA-256" in page) == (True, True)
    assert FounderReviewFlow.kind in review.case.kind
    assert signed_in(other).get(document).status_code == 404
    assert signed_in(cast.head).get(f"/proposals/documents/{2**70}/").status_code == 404


def test_a_coordinator_attaches_what_is_good_and_hears_what_is_not(cast: SimpleNamespace) -> None:
    proposal, client = written(cast), signed_in(cast.coordinator, "ru")
    chosen = {
        "programme": upload(pdf(), "Программа.pdf"),
        "calculation": upload(b"<html>", "смета.pdf"),
        "passport": upload(pdf()),
    }
    answer = client.post(where(proposal), chosen)
    errors = answer.context["form"].errors
    assert {field: len(found) for field, found in errors.items()} == {"calculation": 1}
    assert "Программа.pdf" in text(answer)
    kept = Enclosure.objects.filter(proposal=proposal).values_list("kind", "file__name")
    assert list(kept) == [("programme", "Программа.pdf")]
    again_ = client.post(where(proposal), {"letters": upload(picture(), "письмо.png")}, follow=True)
    assert "Документы уйдут вместе с предложением" in text(again_)
    assert "Файл не выбран" in text(client.post(where(proposal), {"letters": "письмо"}))


def test_the_page_is_there_while_documents_are_taken_in(cast: SimpleNamespace) -> None:
    proposal, client = send(cast), signed_in(cast.coordinator)
    case = f"/cases/{proposal.case.ref}/"
    assert client.get(where(proposal))["Location"] == case
    assert where(proposal) not in text(client.get(case))
    take(ProposalFlow.request_information, proposal, cast, "director", NOON, reason="Смета?")
    assert where(proposal) in text(client.get(case))
    assert where(proposal) not in text(signed_in(cast.director).get(case))
    assert "Смета?" in text(client.get(where(proposal)))
    assert signed_in(cast.director).get(where(proposal)).status_code == 404


def test_pages_ask_the_same_for_many_versions_as_for_one(cast: SimpleNamespace) -> None:
    proposal, client = written(cast), signed_in(cast.coordinator)
    add(cast, proposal)
    pages = (f"/cases/{proposal.case.ref}/", where(proposal))
    little = [asked(client, page) for page in pages]
    files = File.objects.count()
    for number in range(4):
        for kind in EnclosureKind:
            add(cast, proposal, pdf(f"% {kind} {number}"), kind)
    assert File.objects.count() == files + 16
    assert [asked(client, page) for page in pages] == little
    assert max(little) <= 10
