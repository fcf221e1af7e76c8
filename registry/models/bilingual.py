"""Texts of the product's own in both languages."""

from django.db import models
from django.utils.translation import get_language


class Bilingual(models.Model):
    """Texts of the product's own, kept in both languages: `spoken("name")` is the reader's."""

    class Meta:
        abstract = True

    def spoken(self, field: str) -> str:
        """The field's text in the active language."""
        language = "ru" if (get_language() or "").startswith("ru") else "en"
        return str(getattr(self, f"{field}_{language}"))

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.spoken("name")
