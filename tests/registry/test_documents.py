"""Documents of an application: versions that stay, what must be there, who opens them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.hats import Acting
from accounts.roles import Role
from casework import files
from casework.models import File
from casework.process import Refused
from registry import applying, documenting
from registry.flows import RegistrationFlow
from registry.models import Application, Document, DocumentKind
from registry.queries.documents import documents_of, missing
from tests import factories as make
from tests.registry.applicants import NOW, Applicant, applicant, browser, codes, registered
from tests.registry.world import words
from tests.uploads import pdf, picture, upload

pytestmark = pytest.mark.django_db
WHERE = "/application/documents/"
CHARTER = DocumentKind.CHARTER


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.OPEN_DOORS_FILES = tmp_path


def add(ngo: Applicant, content: bytes, kind: str = CHARTER, at: datetime = NOW) -> Document:
    return documenting.add(ngo.application, kind, upload(content), by=ngo.head.user, at=at)  # type: ignore[arg-type]


def bare(ngo: Applicant) -> Application:
    """A second NGO's draft in which nothing was handed in."""
    other = make.organisation("ngo")
    made = type(ngo.ngo).objects.create(organisation=other, applicant=True)
    return applying.begin(made, by=make.member(other, Role.HEAD), at=NOW)


def returned(ngo: Applicant, one: Acting, at: datetime = NOW) -> None:
    ngo.submit(at)
    RegistrationFlow.return_(
        ngo.application, by=one, at=at, key="r", defects=["D6"], reason="Устав не читается"
    )


def numbers(ngo: Applicant, kind: str = CHARTER) -> list[int]:
    found = Document.objects.filter(application=ngo.application, kind=kind)
    return list(found.order_by("number").values_list("number", flat=True))


def test_a_newer_file_is_a_newer_version_and_the_older_stays(ngo: Applicant) -> None:
    add(ngo, pdf("% second"))
    newest = add(ngo, picture())
    assert numbers(ngo) == [1, 2, 3]
    charter = documents_of(Application.objects.get(pk=ngo.application.pk))[0]
    assert charter.newest == newest
    assert [one.number for one in charter.earlier] == [2, 1]
    assert charter.newest.file.media_type == "image/png"


def test_the_same_file_once_more_is_no_new_version(ngo: Applicant) -> None:
    before = File.objects.count()
    first = add(ngo, pdf("% second"))
    assert add(ngo, pdf("% second")) == first
    assert numbers(ngo) == [1, 2]
    assert File.objects.count() == before + 1


@pytest.mark.parametrize(
    "change",
    [
        "update registry_document set number = 9",
        "update registry_document set file_id = file_id",
        "delete from registry_document",
        "set constraints all immediate; truncate registry_document",
    ],
)
def test_no_version_is_ever_changed(ngo: Applicant, change: str) -> None:
    with pytest.raises(InternalError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_keeps_versions_apart_and_files_with_their_ngo(ngo: Applicant) -> None:
    row = Document.objects.filter(application=ngo.application).order_by("pk")[0]
    fields: dict[str, Any] = {"file": row.file, "added_at": NOW, "added_by": row.added_by}
    with pytest.raises(IntegrityError, match="one_document_per_version"), transaction.atomic():
        Document.objects.create(
            application=ngo.application, kind=row.kind, number=row.number, **fields
        )
    with pytest.raises(IntegrityError, match="file of the NGO"), transaction.atomic():
        Document.objects.create(application=bare(ngo), kind=CHARTER, number=1, **fields)


def test_nothing_is_handed_in_once_the_application_is_sent(ngo: Applicant) -> None:
    ngo.submit()
    with pytest.raises(Refused) as refused:
        add(ngo, pdf("% late"))
    assert codes(refused) == ["changed"]
    assert numbers(ngo) == [1]


def test_three_documents_must_be_there(ngo: Applicant) -> None:
    draft = bare(ngo)
    assert missing(draft) == ["charter", "safeguarding", "training"]
    head = make.acting(draft.case.opened_by)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        RegistrationFlow.submit(draft, by=head, at=NOW, key="s")
    assert [code for code in codes(refused) if code.startswith("no_")] == [
        "no_charter",
        "no_safeguarding",
        "no_training",
    ]
    ngo.submit()
    assert ngo.state() == "submitted"


def test_an_illegible_document_is_named_and_replaced(ngo: Applicant, one: Acting) -> None:
    returned(ngo, one)
    page = words(browser(ngo.head).get("/application/"))
    assert "Здесь нужно исправить: документа не хватает или его нельзя прочитать" in page
    assert "Устав не читается" in words(browser(ngo.head).get(WHERE))
    add(ngo, pdf("% legible"))
    ngo.submit(key="again")
    assert numbers(ngo) == [1, 2]


def test_the_next_application_begins_with_the_newest_documents(one: Acting, two: Acting) -> None:
    first = applicant(at=NOW)
    newest = add(first, pdf("% second"))
    first.submit()
    RegistrationFlow.withdraw(first.application, by=first.head, at=NOW, key="w")
    again = applying.begin(first.ngo, by=first.head.user, at=NOW)  # type: ignore[arg-type]
    assert missing(again) == []
    charter = documents_of(again)[0]
    assert charter.newest is not None
    assert (charter.newest.number, charter.newest.file) == (1, newest.file)
    assert charter.earlier == []


def test_a_registered_ngo_has_its_documents_in_the_case(one: Acting, two: Acting) -> None:
    made = registered((one, two))
    ref = made.application.case.ref
    page = words(browser(two).get(f"/cases/{ref}/"))
    for document in made.application.documents.select_related("file"):
        assert f"SHA-256 {document.file.sha256}" in page
    assert "версия 1 от 2 ноября 2026" in page.replace("\xa0", " ")


def hands_in(client: Client, **chosen: Any) -> Any:
    return client.post(WHERE, chosen)


def test_a_head_hands_in_what_is_good_and_hears_beside_the_field_what_is_not(
    ngo: Applicant,
) -> None:
    client = browser(ngo.head)
    answer = hands_in(
        client,
        charter=upload(pdf("% new"), "Устав новый.pdf"),
        training=upload(b"<html>", "программа.pdf"),
        head=upload(b"", "приказ.pdf"),
    )
    assert answer.status_code == 200
    found = answer.context["form"].errors
    assert {field: len(errors) for field, errors in found.items()} == {"training": 1, "head": 1}
    assert "Это не PDF" in found["training"][0]
    assert "Файл пуст" in found["head"][0]
    assert "Устав новый.pdf" in words(answer)
    assert (numbers(ngo), numbers(ngo, "training"), numbers(ngo, "head")) == ([1, 2], [1], [])


def test_sending_the_form_without_a_file_says_so(ngo: Applicant) -> None:
    assert "Файл не выбран" in words(hands_in(browser(ngo.head)))


def test_a_strange_field_or_a_word_instead_of_a_file_is_no_file(ngo: Applicant) -> None:
    answer = hands_in(browser(ngo.head), charter="устав", passport=upload(pdf()))
    assert "Файл не выбран" in words(answer)
    assert numbers(ngo) == [1]


def test_there_is_no_such_page_while_nothing_is_written(ngo: Applicant, one: Acting) -> None:
    assert browser(one).get(WHERE).status_code == 404
    ngo.submit()
    assert browser(ngo.head).get(WHERE)["Location"] == "/application/"
    assert hands_in(browser(ngo.head), charter=upload(pdf("% late")))["Location"] == (
        "/application/"
    )


def opened(client: Client, document: Document) -> Any:
    return client.get(f"/documents/{document.pk}/")


def test_those_who_see_the_case_open_its_documents(ngo: Applicant, one: Acting) -> None:
    document = add(ngo, pdf("% second"))
    assert opened(browser(one), document).status_code == 404  # a draft is the NGO's alone
    ngo.submit()
    for who in (ngo.head, one):
        client = browser(who)
        to = opened(client, document)["Location"]
        assert re.fullmatch(r"/files/[\w-]+/", to)
        assert b"".join(client.get(to).streaming_content) == pdf("% second")  # type: ignore[attr-defined]


def test_another_ngos_head_finds_nothing(ngo: Applicant) -> None:
    document = add(ngo, pdf("% second"))
    ngo.submit()
    theirs = browser(applicant("Другие", 2).head)
    assert opened(theirs, document).status_code == 404
    assert theirs.get(files.link(document.file, ngo.head)).status_code == 404
    assert theirs.get(f"/documents/{2**70}/").status_code == 404


def test_an_expired_link_is_gone_and_the_case_gives_a_new_one(ngo: Applicant) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        document, client = add(ngo, pdf("% second")), browser(ngo.head)
        first = opened(client, document)["Location"]
        clock.shift(timedelta(minutes=11))
        assert client.get(first).status_code == 410
        assert client.get(opened(client, document)["Location"]).status_code == 200


def test_pages_ask_the_same_for_many_versions_as_for_one(ngo: Applicant) -> None:
    client = browser(ngo.head)
    pages = ("/application/", WHERE, "/application/check/")

    def asked(where: str) -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        return len(queries)

    little = [asked(where) for where in pages]
    for number in range(5):
        for kind in DocumentKind:
            add(ngo, pdf(f"% {kind} {number}"), kind)
    assert [asked(where) for where in pages] == little
    assert max(little) <= 10
