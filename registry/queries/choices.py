"""What the filters of the register offer: one query for all of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import get_language

from registry.models import District, Kind, Okrug, TypeVersion

Choice = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """Codes and names in the reader's language; `okrug_of` knows a district's okrug."""

    kinds: dict[str, str]
    okrugs: dict[str, str]
    districts: dict[str, str]
    types: dict[str, str]
    okrug_of: dict[str, str]

    def by_okrug(self) -> list[tuple[str, list[Choice]]]:
        """The districts in groups, as a select offers them."""
        return [
            (name, [(c, n) for c, n in self.districts.items() if self.okrug_of[c] == code])
            for code, name in self.okrugs.items()
        ]


def choices(on: date) -> Choices:
    """Everything a filter can be set to on this day, each kind in its own order."""
    name = "name_ru" if (get_language() or "").startswith("ru") else "name_en"
    found: dict[str, dict[str, str]] = {"kind": {}, "okrug": {}, "district": {}, "type": {}}
    above: dict[str, str] = {}
    rows = _rows(Kind.objects.all(), "kind", "code", name).union(
        _rows(Okrug.objects.all(), "okrug", "code", name),
        _rows(District.objects.all(), "district", "oktmo", "name", "okrug__code"),
        _rows(TypeVersion.objects.in_force(on), "type", "type__code", name),
    )
    for what, code, spoken, okrug in sorted(rows, key=_order):
        found[what][code] = spoken
        above[code] = okrug
    return Choices(found["kind"], found["okrug"], found["district"], found["type"], above)


def _rows(
    rows: QuerySet[Any, Any], what: str, code: str, name: str, above: str = ""
) -> QuerySet[Any, Any]:
    parent = F(above) if above else Value("", output_field=CharField())
    return rows.values_list(Value(what, output_field=CharField()), code, name, parent)


def _order(row: tuple[str, str, str, str]) -> tuple[str, str]:
    """Types stand by code, everything else by name."""
    what, code, name, _ = row
    return what, code if what == "type" else name.lower().replace("ё", "ея")
