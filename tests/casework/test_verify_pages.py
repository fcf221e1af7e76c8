"""Anybody checks a paper; what it says stays with those it concerns."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from casework.forms import verify
from casework.models import Paper, PaperKind
from casework.papers import pdf, withdraw
from tests import factories
from tests.accounts.sessions import signed_in
from tests.casework.papers import DECIDED, HOUSE, NGO, deal, issued
from tests.institutions.doing import NOON, agree, days

pytestmark = pytest.mark.django_db
UNKNOWN = "2" * 16


@pytest.fixture
def cast() -> SimpleNamespace:
    return deal()


def said(answer: Any) -> str:
    """What the page says in its main part, tags and blanks evened out."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main.group()).split())


def pages(client: Client, paper: Paper) -> list[str]:
    """The page with and without its last slash, in either language."""
    where = [f"/verify/{paper.code}", f"/verify/{paper.code}/"]
    asked = [{"Accept-Language": one} for one in ("ru", "en")]
    answers = [client.get(one, headers=headers) for one in where for headers in asked]
    assert [answer.status_code for answer in answers] == [200] * 4
    return [said(answer) for answer in answers]


def test_a_paper_is_known_by_its_code_at_both_addresses(
    client: Client, cast: SimpleNamespace
) -> None:
    paper = issued(PaperKind.REFUSAL, cast)
    russian, english = pages(client, paper)[:2]
    assert pages(client, paper)[2:] == [russian, english]
    for told in (russian, english):
        assert paper.number in told
        assert HOUSE in told
        assert paper.sha256[:32] in told
    assert "Документ с этим кодом выдан здесь" in russian.replace("\xa0", " ")
    assert "понедельник, 2 июня 2025" in russian.replace("\xa0", " ")
    assert "A paper with this code was issued here" in english


@pytest.mark.parametrize("kind", PaperKind.values)
def test_the_page_names_no_person_and_no_reason(
    client: Client, cast: SimpleNamespace, kind: str
) -> None:
    secret = {"reason": "Причина отказа"} if kind == PaperKind.REFUSAL else {}
    for told in pages(client, issued(kind, cast, **secret)):
        for hidden in (DECIDED["name"], "Белов", "Причина отказа", "R6", "Тестова"):
            assert hidden not in told
        public = kind in {PaperKind.AGREEMENT, PaperKind.EXTRACT}
        assert (NGO in told) == public


def test_whoever_may_be_one_person_is_not_named(client: Client, cast: SimpleNamespace) -> None:
    cast.ngo.name = "Иванова Мария Петровна"
    cast.ngo.save()
    paper = issued(PaperKind.PROPOSAL, cast, organisation=cast.ngo, proposer=cast.ngo.name)
    assert [told for told in pages(client, paper) if "Иванова" in told] == []
    cast.ngo.ogrn = "1157799090020"
    cast.ngo.save()
    assert [told for told in pages(client, paper) if "Иванова" not in told] == []


def test_the_page_tells_whether_a_paper_still_holds(client: Client, cast: SimpleNamespace) -> None:
    first = issued(PaperKind.AGREEMENT, cast)
    assert "Not withdrawn and not replaced" in pages(client, first)[1]
    letter = issued(PaperKind.ESCALATION, cast)
    issued(PaperKind.ESCALATION, cast, at=NOON + days(1))
    assert "Not withdrawn and not replaced" in pages(client, letter)[1]
    later = issued(PaperKind.AGREEMENT, cast, at=NOON + days(2))
    assert "Replaced by a later paper" in pages(client, first)[1]
    withdraw(later, at=NOON + days(3), by=None)
    assert "Withdrawn: 5 June 2025" in pages(client, later)[1]
    assert "Not withdrawn and not replaced" in pages(client, first)[1]


def test_an_accepted_proposal_replaces_its_refusal(client: Client, cast: SimpleNamespace) -> None:
    refusal = issued(PaperKind.REFUSAL, cast)
    acceptance = issued(PaperKind.ACCEPTANCE, cast, at=NOON + days(1), language="en")
    assert "Replaced by a later paper" in pages(client, refusal)[1]
    withdraw(acceptance, at=NOON + days(2), by=None)
    assert "Not withdrawn and not replaced" in pages(client, refusal)[1]


def test_an_unknown_code_is_answered_calmly(client: Client) -> None:
    for code in (UNKNOWN, UNKNOWN + "/", "7K3M", "x" * 3000, "%00", "7K3M9QX2B4T8W0RZ/%00"):
        answer = client.get(f"/verify/{code}")
        assert answer.status_code == 404
    told = said(client.get(f"/verify/{UNKNOWN}/", headers={"Accept-Language": "en"}))
    assert "No paper with this code was issued here" in told


@pytest.mark.parametrize("written", ["{code}", " {spaced} ", "{lower}", "{cyrillic}", "{hyphens}"])
def test_a_code_is_typed_as_people_do(client: Client, cast: SimpleNamespace, written: str) -> None:
    paper = issued(PaperKind.REFUSAL, cast)
    ways = {
        "code": paper.code,
        "spaced": paper.spaced_code,
        "lower": paper.code.lower(),
        "hyphens": paper.spaced_code.replace(" ", "-"),
        "cyrillic": paper.code.translate(str.maketrans("ABEKMHPCTXY30", "АВЕКМНРСТХУЗО")),
    }
    answer = client.get("/verify/", {"code": written.format(**ways)})
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{paper.code}/")


@pytest.mark.parametrize("typed", ["", "7K3M", "\x00" * 16, "Ж" * 16, "9" * 5000, "<b>"])
def test_what_is_no_code_is_answered_beside_the_field(client: Client, typed: str) -> None:
    answer = client.get("/verify/", {"code": typed})
    assert answer.status_code == 200
    assert 'id="id_code_error"' in answer.content.decode()


def compared(client: Client, paper: Paper, content: bytes | None, where: str = "/") -> str:
    sent = {} if content is None else {"file": SimpleUploadedFile("a.pdf", content)}
    headers = {"Accept-Language": "en"}
    answer = client.post(f"/verify/{paper.code}{where}", sent, headers=headers)
    assert answer.status_code == 200
    return said(answer)


def test_a_file_is_compared_to_the_last_byte(cast: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    paper = issued(PaperKind.REFUSAL, cast)
    content = pdf(paper)
    same = "The file is the one that was issued, to the last byte."
    other = "This is not the file that was issued under this code."
    assert same in compared(client, paper, content)
    assert same in compared(client, paper, content, where="")
    changed = content.replace(b"/Title", b"/Titel", 1)
    for wrong in (content + b" ", changed, content[:-1], b"x"):
        told = compared(client, paper, wrong)
        assert other in told
        assert same not in told
    assert "Choose the PDF file first." in compared(client, paper, None)
    assert "Choose the PDF file first." in compared(client, paper, b"")


def test_a_file_that_is_too_large_is_not_kept(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    paper = issued(PaperKind.REFUSAL, cast)
    told = compared(Client(), paper, b"x" * (verify.MOST + 1))
    assert "The file is larger than 5 MB" in told
    assert "This is not the file" in compared(Client(), paper, b"x" * verify.MOST)


def test_a_check_changes_nothing_and_asks_little(client: Client, cast: SimpleNamespace) -> None:
    paper = issued(PaperKind.AGREEMENT, cast)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/verify/{paper.code}/")
    assert len(queries) <= 5
    assert {one["sql"].split()[0] for one in queries.captured_queries} <= {"SELECT"}


def test_a_paper_is_given_to_those_who_may_see_its_case(cast: SimpleNamespace) -> None:
    paper = issued(PaperKind.REFUSAL, cast)
    outsider = factories.member(factories.organisation("ngo"), Role.COORDINATOR)
    where = f"/papers/{paper.code}/"
    given = signed_in(cast.desk).get(where)
    assert (given.status_code, given.content) == (200, pdf(paper))
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"] == f'inline; filename="{cast.case.ref}-1.ru.pdf"'
    assert given["Cache-Control"] == "private, no-store"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert signed_in(cast.head, "mfa").get(where).status_code == 200
    assert signed_in(cast.head).get(where).status_code == 302
    assert signed_in(outsider).get(where).status_code == 404
    assert Client().get(where)["Location"].startswith("/accounts/login/")
    assert Client().get(f"/extracts/{paper.code}/").status_code == 404
    assert signed_in(cast.desk).get(f"/papers/{UNKNOWN}/").status_code == 404
    assert signed_in(cast.desk).post(where).status_code == 405


def test_the_page_of_a_case_leads_to_the_paper_that_its_step_left() -> None:
    signed = SimpleNamespace(house=factories.institution(), ngo=factories.ngo())
    for role, where in ((Role.HEAD, signed.ngo), (Role.DIRECTOR, signed.house)):
        setattr(signed, role, factories.member(where.organisation, role))
    case = agree(signed).case
    client = signed_in(signed.head, "mfa")
    paper = Paper.objects.get(case=case)
    assert (paper.decision.step, paper.language) == ("sign", "ru")
    page = client.get(case.get_absolute_url(), headers={"Accept-Language": "en"})
    assert f'href="/papers/{paper.code}/"' in page.content.decode()
    assert f"№ {case.ref}/1, 2 June 2025, in Russian (PDF)" in said(page)
