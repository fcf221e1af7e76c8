"""Institutions and the sites where they receive people."""

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from registry.models.catalogue import Kind
from registry.models.places import District


class Institution(models.Model):
    """What the register keeps of an institution beside its name and state numbers."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="+"
    )
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="institutions")
    beds = models.PositiveIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    regime = models.CharField(
        max_length=500, blank=True, help_text="As written in the old register; decides nothing."
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(beds__gt=0), name="institution_beds_counted"),
        )

    def __str__(self) -> str:
        return self.organisation.short_name


class Site(models.Model):
    """One address of an institution: guest mode, slots and the gate belong to a site."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    district = models.ForeignKey(District, models.PROTECT, related_name="sites")
    address = models.CharField(max_length=500, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            # A row above may point at (institution, site) together, so that both always agree.
            models.UniqueConstraint(fields=("institution", "id"), name="site_of_its_institution"),
            models.UniqueConstraint(fields=("institution", "name"), name="site_name_once"),
        )

    def __str__(self) -> str:
        return self.name
