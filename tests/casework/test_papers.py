"""A paper is printed the same every time, is never changed, and shows what it is given."""

import copy
import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import segno
import typst
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models.base import ModelState
from pypdf import PdfReader
from pypdf.generic import PdfObject

from casework.models import Entry, Paper, PaperKind
from casework.papers import issue, issuing, pdf, printing, withdraw
from casework.papers.codes import new_code, read_code
from casework.papers.contents import CONTENTS
from tests.casework.papers import HOUSE, NOON, VALUES, deal, issued, read
from tests.institutions.doing import days

pytestmark = pytest.mark.django_db
EVERY = [(kind, language) for kind in PaperKind.values for language in ("ru", "en")]
# A kind prints with its folder of templates. One that has printed for somebody is never edited:
# copy the folder, raise `issuing.EDITION`, and add the new folder's hash here; a kind that is new
# only adds its files to the newest. A new release of the typesetter may place a line elsewhere,
# and then papers would no longer be made the same.
EDITIONS = {1: "e5a16fbbb779a94916b11d3971e7b194220400fa35db9e5744605505a53d6d78"}


@pytest.fixture
def cast() -> SimpleNamespace:
    return deal()


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_paper_made_again_is_the_same_to_the_last_byte(
    cast: SimpleNamespace, kind: str, language: str
) -> None:
    paper = issued(kind, cast, language=language)
    cast.house.name = "Переименованный дом"
    cast.house.save()
    again = Paper.objects.get(pk=paper.pk)
    assert hashlib.sha256(pdf(again)).hexdigest() == paper.pdf_sha256
    assert pdf(again) == pdf(again)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_paper_is_archivable_tagged_and_says_its_language(
    cast: SimpleNamespace, kind: str, language: str
) -> None:
    content = pdf(issued(kind, cast, language=language))
    reader = PdfReader(BytesIO(content))
    root = reader.root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == language
    tags = list(tagged(root["/StructTreeRoot"]["/K"]))
    assert {"/H1", "/P", "/Table", "/Figure"} <= set(tags)
    assert tags.count("/H1") == 1


def tagged(node: Any) -> Iterator[str]:
    """What each element of the structure is, from the top down."""
    found = resolved(node)
    for one in found if isinstance(found, list) else [found]:
        element = resolved(one)
        if isinstance(element, dict) and "/S" in element:
            yield element["/S"]
            yield from tagged(element.get("/K", []))


def resolved(node: Any) -> Any:
    return node.get_object() if isinstance(node, PdfObject) else node


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_paper_carries_number_day_code_address_and_hash(
    cast: SimpleNamespace, kind: str, language: str
) -> None:
    paper = issued(kind, cast, language=language)
    text = read(paper)
    day = {"ru": "2 июня 2025 года", "en": "2 June 2025"}[language]
    assert paper.number in text
    assert day in text
    assert paper.spaced_code in text
    assert f"{settings.OPEN_DOORS_URL}/verify/{paper.code}" in text
    assert paper.sha256 in text.replace(" ", "")
    assert HOUSE in text


def test_the_russian_of_a_refusal_can_be_read_and_searched(cast: SimpleNamespace) -> None:
    text = read(issued(PaperKind.REFUSAL, cast))
    assert "Решение об отказе" in text
    assert "Предложение № P-1042, полученное 19 мая 2025 года, рассмотрено" in text
    assert "R6. Свободных мест нет" in text
    assert "не позднее 2 июля 2025 года" in text
    assert "Страница 1 из 1" in text


def test_the_square_leads_to_the_page_that_checks_the_paper(cast: SimpleNamespace) -> None:
    paper = issued(PaperKind.REFUSAL, cast)
    where = printing.address(paper)
    drawn = segno.make(where, error="m").svg_inline(scale=1, border=0)
    assert printing._data(paper)["qr"] == drawn
    assert where == f"{settings.OPEN_DOORS_URL}/verify/{paper.code}"


@pytest.mark.parametrize(
    "typed",
    [
        '#import "letterhead.typ"',
        "#sys.inputs",
        "$x^2$ \\ *жирно* _курсив_ `код` @метка <метка> // нет /* нет */",
        '"] #panic() [',
        "= Заголовок",
        "<script>alert(1)</script> {{ 1 }} %s",
        "ООО «А» & “Б” ~ - -- --- ... 1/2",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_was_typed(
    cast: SimpleNamespace, typed: str
) -> None:
    paper = issued(PaperKind.REFUSAL, cast, proposer=typed, reason=typed)
    assert read(paper).count(" ".join(typed.split())) >= 2


def test_what_no_font_can_draw_stands_as_a_square(cast: SimpleNamespace) -> None:
    text = read(issued(PaperKind.REFUSAL, cast, reason="До 中 и 😀 и \u202eзадом\ue000\x07."))
    assert "До □ и □ и □задом□□." in text


def test_everything_that_is_said_to_be_drawn_is_drawn(cast: SimpleNamespace) -> None:
    signs = [chr(n) for first, last in printing.PRINTED for n in range(first, last + 1)]
    drawn = [sign for sign in signs if printing.printable(sign) == sign]
    assert len(drawn) > 1000
    assert issued(PaperKind.REFUSAL, cast, reason=" ".join(drawn)).pdf_sha256


def test_a_word_without_an_end_stays_on_the_page(cast: SimpleNamespace) -> None:
    long = "Щ" * 3000
    text = read(issued(PaperKind.REFUSAL, cast, reason=long, proposer=long))
    assert text.replace(" ", "").count("Щ") >= 6000


def test_the_same_is_issued_once(cast: SimpleNamespace) -> None:
    first = issued(PaperKind.REFUSAL, cast)
    assert issued(PaperKind.REFUSAL, cast).pk == first.pk
    assert issued(PaperKind.REFUSAL, cast, language="en").number == f"{cast.case.ref}/2"
    assert issued(PaperKind.REFUSAL, cast, reason="Иначе.").number == f"{cast.case.ref}/3"
    assert issued(PaperKind.REFUSAL, cast, at=NOON + days(1)).number == f"{cast.case.ref}/4"
    assert first.number == f"{cast.case.ref}/1"


def test_whoever_asks_at_the_same_moment_gets_the_paper_of_the_quicker(
    cast: SimpleNamespace,
) -> None:
    first = issued(PaperKind.EXTRACT, cast)
    late = copy.copy(first)
    late.pk, late._state = None, ModelState()
    assert issuing._written(late) == first
    assert Paper.objects.count() == 1


def test_a_paper_that_was_withdrawn_can_be_issued_anew(cast: SimpleNamespace) -> None:
    first = issued(PaperKind.REFUSAL, cast)
    withdraw(first, at=NOON, by=cast.head)
    withdraw(first, at=NOON + days(1), by=None)
    assert Paper.objects.get(pk=first.pk).withdrawn_at == NOON
    assert issued(PaperKind.REFUSAL, cast).pk != first.pk
    actions = ["paper.issued", "paper.withdrawn", "paper.issued"]
    told = Entry.objects.filter(subject=f"case:{cast.case.pk}").order_by("seq")
    assert [entry.action for entry in told] == actions


def test_an_extract_has_a_number_of_its_own(cast: SimpleNamespace) -> None:
    first = issued(PaperKind.EXTRACT, cast)
    other = issued(PaperKind.EXTRACT, cast, language="en")
    number, year = first.number.split("/")
    assert (int(number) >= 1001, year) == (True, "2025")
    assert int(other.number.split("/")[0]) > int(number)


@pytest.mark.parametrize("kind", PaperKind.values)
def test_a_value_too_many_or_missing_is_refused(cast: SimpleNamespace, kind: str) -> None:
    values = VALUES[kind]
    for wrong in (values | {"child": "Маша"}, dict(list(values.items())[1:])):
        with pytest.raises(TypeError):
            issue(
                kind, case=cast.case, organisation=cast.house, values=wrong, language="ru", at=NOON
            )


@pytest.mark.parametrize(
    "change",
    [
        "set values = '{}'",
        "set number = 'P-1'",
        "set code = '0000000000000000'",
        "set sha256 = repeat('0', 64)",
        "set withdrawn_at = now(), kind = 'agreement'",
        "set withdrawn_at = now() + interval '1 day'",
    ],
)
def test_a_paper_cannot_be_changed(cast: SimpleNamespace, change: str) -> None:
    issued(PaperKind.REFUSAL, cast)
    assert_forbidden(f"update casework_paper {change}")


def test_a_paper_cannot_be_deleted_or_called_back_to_life(cast: SimpleNamespace) -> None:
    paper = issued(PaperKind.REFUSAL, cast)
    assert_forbidden("delete from casework_paper")
    assert_forbidden("truncate casework_paper cascade")
    withdraw(paper, at=NOON, by=None)
    assert_forbidden("update casework_paper set withdrawn_at = null")
    assert_forbidden("update casework_paper set withdrawn_at = now()")


def assert_forbidden(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_paper_is_made_within_a_second(cast: SimpleNamespace) -> None:
    paper = issued(PaperKind.AGREEMENT, cast, duties={"ngo": ["приходить вовремя"] * 200})
    before = time.perf_counter()
    pdf(paper)
    assert time.perf_counter() - before < 1


def test_the_typesetter_is_not_loaded_before_the_first_paper() -> None:
    start = "import django; django.setup(); import config.urls, sys; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"


def test_every_kind_has_its_content_and_its_templates() -> None:
    assert set(CONTENTS) == set(PaperKind.values)
    expected = {f"{kind}.{language}.typ" for kind, language in EVERY} | {"letterhead.typ"}
    for edition in EDITIONS:
        found = {path.name for path in (printing.FOLDER / str(edition)).glob("*.typ")}
        assert found == expected


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_that_has_printed_is_not_changed(edition: int) -> None:
    whole = hashlib.sha256(typst.__version__.encode())
    folders = (printing.FOLDER / str(edition), printing.FOLDER / "fonts")
    for path in sorted(path for folder in folders for path in folder.iterdir()):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    assert whole.hexdigest() == EDITIONS[edition]


def test_a_code_is_read_as_people_write_it() -> None:
    assert read_code("7k3m 9qx2-b4t8 w0rz") == "7K3M9QX2B4T8W0RZ"
    assert read_code("7К3М 9qХ2 В4Т8 wОRz") == "7K3M9QX2B4T8W0RZ"
    assert read_code("lI1i oO00 2222 2222") == "1111000022222222"
    for wrong in ("", "7K3M", "7K3M9QX2B4T8W0RZ1", "UUUUUUUUUUUUUUUU", "\x00" * 16, "ЖЖЖЖ" * 4):
        assert read_code(wrong) == ""
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {read_code(code.lower()) for code in codes} == codes
