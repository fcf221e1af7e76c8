"""The order of Russian names: ё stands after е, whatever the database's language is."""

from django.db.models import Value
from django.db.models.functions import Lower, Replace


def in_order(column: str) -> Replace:
    """To sort by; the index `organisation_in_order` knows the same expression."""
    return Replace(Lower(column), Value("ё"), Value("ея"))
