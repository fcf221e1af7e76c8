"""The division of the city: okrugs and districts."""

from django.db import models

from registry.models.bilingual import Bilingual


class Okrug(Bilingual):
    """One of Moscow's twelve administrative okrugs."""

    code = models.CharField(max_length=5, unique=True)
    name_ru = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    okato = models.CharField(max_length=8, unique=True)

    def __str__(self) -> str:
        return self.name_ru


class District(models.Model):
    """A district or settlement; its name is a proper name and stays Russian."""

    okrug = models.ForeignKey(Okrug, on_delete=models.PROTECT, related_name="districts")
    name = models.CharField(max_length=60)
    oktmo = models.CharField(max_length=11, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["okrug", "name"], name="district_once_in_okrug")
        ]

    def __str__(self) -> str:
        return self.name
