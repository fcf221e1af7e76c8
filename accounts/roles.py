"""The one list of roles, by kind of organisation. A role means something only inside one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is to the partnership."""

    DEPARTMENT = "department", _("Department")
    INSTITUTION = "institution", _("Institution")
    NGO = "ngo", _("NGO")


class Role(models.TextChoices):
    """What a member does there."""

    REGISTRAR = "registrar", _("registrar")
    CHECKER = "checker", _("checker")
    COMMISSIONER = "commissioner", _("commissioner")
    CHIEF = "chief", _("chief of the department")
    AUDITOR = "auditor", _("auditor")
    DIRECTOR = "director", _("director")
    DESK = "desk", _("visits desk")
    NURSE = "nurse", _("nurse")
    GATE = "gate", _("gate")
    HEAD = "head", _("head of the NGO")
    COORDINATOR = "coordinator", _("coordinator")
    VOLUNTEER = "volunteer", _("volunteer")


ROLES_OF: dict[str, tuple[Role, ...]] = {
    OrganisationKind.DEPARTMENT: (
        Role.REGISTRAR,
        Role.CHECKER,
        Role.COMMISSIONER,
        Role.CHIEF,
        Role.AUDITOR,
    ),
    OrganisationKind.INSTITUTION: (Role.DIRECTOR, Role.DESK, Role.NURSE, Role.GATE),
    OrganisationKind.NGO: (Role.HEAD, Role.COORDINATOR, Role.VOLUNTEER),
}
