"""The requirements that every installation begins with."""

import pytest

from tests.volunteers.making import TODAY
from volunteers.models import Requirement

pytestmark = pytest.mark.django_db

ROWS = [
    ("identity", "V1", "ngo", False, False, None),
    ("consent", "V1", "self", False, False, None),
    ("conduct", "V1", "self", False, False, 12),
    ("parent", "V1", "ngo", False, False, None),
    ("induction", "V1", "institution", True, False, 12),
    ("record", "V2", "department", False, True, 12),
    ("fluorography", "V2", "ngo", False, False, 12),
    ("medical", "V2", "ngo", False, False, 12),
    ("test", "V2", "system", False, False, 12),
    ("references", "V2", "ngo", False, False, None),
    ("interview", "V2", "ngo", False, False, None),
    ("risk", "V2", "ngo", False, False, 12),
    ("training", "V3", "ngo", False, False, 24),
    ("psychologist", "V3", "ngo", False, False, 24),
    ("experience", "V3", "system", True, False, None),
    ("trust", "V3", "institution", True, False, 12),
]


def test_the_tiers_demand_these_things() -> None:
    fields = ("code", "tier", "checked_by", "per_institution", "two_people", "months")
    asked = Requirement.objects.asked(TODAY, TODAY)
    assert list(asked.values_list(*fields)) == ROWS


def test_every_requirement_says_why_and_how_in_both_languages() -> None:
    for one in Requirement.objects.all():
        texts = [
            getattr(one, f"{f}_{lang}") for f in ("name", "why", "how") for lang in ("ru", "en")
        ]
        assert all(texts), one.code
        assert [t for t in texts if t != t.strip()] == []
