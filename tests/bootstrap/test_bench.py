"""The measuring of speed: it measures what is there, and the product never needs it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.__main__ import main
from benchmarks.asks import Ask, Asks
from benchmarks.count import statements
from benchmarks.fill import product
from benchmarks.measure import Measured
from benchmarks.sizes import Size
from bootstrap import ROOT
from visits.models import Visit

LITTLE = Size(
    "S",
    organisations=160,
    visits=50,
    houses=2,
    bookings=4,
    approvals=4,
    trials=1,
    volunteers=60,
)
IMPORTS = re.compile(r"^\s*(?:from|import) benchmarks\b", re.MULTILINE)


def product_files() -> list[Path]:
    folders = [ROOT / app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()]
    return [
        path
        for folder in (*folders, ROOT / "config", ROOT / "bootstrap")
        for path in folder.rglob("*.py")
    ]


def test_nothing_of_the_product_imports_it() -> None:
    assert [str(path) for path in product_files() if IMPORTS.search(path.read_text("utf-8"))] == []
    assert len(product_files()) > 100


def test_it_never_fills_a_database_that_somebody_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres:///somebodys")
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        main([])


@pytest.mark.django_db
def test_every_case_answers_on_what_was_filled() -> None:
    asks = Asks.from_text(product.fill(LITTLE).as_text())
    before = Visit.objects.count()
    counted = {name: statements(one) for name, one in asks.cases.items()}
    assert [name for name, number in counted.items() if not number] == []
    assert Visit.objects.count() == before + 2


def test_a_page_is_asked_for_again_and_a_form_is_sent_once() -> None:
    asks = Asks(cases={"page": [Ask("/")], "form": [Ask("/a", body="x=1"), Ask("/b", body="x=1")]})
    page = asks.stream("page")
    assert [next(page).path for _ in range(3)] == ["/", "/", "/"]
    assert [one.path for one in asks.stream("form")] == ["/a", "/b"]


def test_quantiles_are_of_all_rounds_together() -> None:
    seen = Measured(singles=[[0.01] * 10, [0.03] * 9 + [0.5]])
    assert seen.median(1) == 0.03
    assert (seen.p50, seen.p95) == (0.02, 0.5)
