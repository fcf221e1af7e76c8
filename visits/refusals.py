"""The coded reasons of a visit: refused by the institution, cancelled, turned away at the gate."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitRefusal(models.TextChoices):
    """Why an institution refuses a visit (DOMAIN (g))."""

    V1 = "V1", _("no place or nobody of the staff is left")
    V2 = "V2", _("closed by a dated order")
    V3 = "V3", _("people were not cleared or not named in time")
    V4 = "V4", _("the programme does not fit the group")
    V5 = "V5", _("the residents do not want it")
    V6 = "V6", _("the same visit was asked for twice")
    V7 = "V7", _("the neighbourhood’s limit of visitors is reached")
    V8 = "V8", _("something else; the Department will read it")


class Cancellation(models.TextChoices):
    """Why an approved visit does not take place."""

    K1 = "K1", _("the visitors cannot come")
    K2 = "K2", _("the institution cannot receive them")
    K3 = "K3", _("illness")
    K4 = "K4", _("something else")


class GateRefusal(models.TextChoices):
    """Why somebody is not let in (DOMAIN (g))."""

    G1 = "G1", _("not on the list")
    G2 = "G2", _("no identity document")
    G3 = "G3", _("signs of illness")
    G4 = "G4", _("signs of intoxication")
    G5 = "G5", _("closed by order")
    G6 = "G6", _("too many people inside")
