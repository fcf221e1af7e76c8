"""What a role may do for its organisation: the one table behind every permission."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Permission(models.TextChoices):
    """What somebody may do for an organisation they belong to."""

    SEE_CASES = "see_cases", _("see its cases")
    DIRECT = "direct", _("decide as the director")
    ANSWER_VISITS = "answer_visits", _("answer visit requests")
    KEEP_GATE = "keep_gate", _("let people in and out")
    LEAD = "lead", _("sign for the NGO")
    COORDINATE = "coordinate", _("name people, book visits")
    VOLUNTEER = "volunteer", _("come as a volunteer")
    KEEP_REGISTER = "keep_register", _("keep the register")
    CHECK_PEOPLE = "check_people", _("record outcomes of checks")
    OVERSEE = "oversee", _("see what is late and what was told")
    READ_AUDIT = "read_audit", _("read the audit trail")
    REVIEW = "review", _("decide founder reviews and appeals")
    INVITE = "invite", _("invite members")


P = Permission
PERMISSIONS_OF: dict[str, frozenset[str]] = {
    Role.REGISTRAR: frozenset({P.SEE_CASES, P.KEEP_REGISTER, P.OVERSEE}),
    Role.CHECKER: frozenset({P.SEE_CASES, P.CHECK_PEOPLE, P.OVERSEE}),
    Role.COMMISSIONER: frozenset({P.SEE_CASES, P.OVERSEE, P.REVIEW}),
    Role.CHIEF: frozenset({P.SEE_CASES, P.OVERSEE, P.READ_AUDIT, P.REVIEW, P.INVITE}),
    Role.AUDITOR: frozenset({P.SEE_CASES, P.OVERSEE, P.READ_AUDIT}),
    Role.DIRECTOR: frozenset({P.SEE_CASES, P.DIRECT, P.ANSWER_VISITS, P.KEEP_GATE, P.INVITE}),
    Role.DESK: frozenset({P.SEE_CASES, P.ANSWER_VISITS, P.KEEP_GATE}),
    Role.NURSE: frozenset(),
    Role.GATE: frozenset({P.KEEP_GATE}),
    Role.HEAD: frozenset({P.SEE_CASES, P.LEAD, P.COORDINATE, P.INVITE}),
    Role.COORDINATOR: frozenset({P.SEE_CASES, P.COORDINATE}),
    Role.VOLUNTEER: frozenset({P.VOLUNTEER}),
}

# Whoever decides for many proves who they are twice.
NEEDS_SECOND_FACTOR = frozenset(
    {
        Role.REGISTRAR,
        Role.CHECKER,
        Role.COMMISSIONER,
        Role.CHIEF,
        Role.AUDITOR,
        Role.DIRECTOR,
        Role.HEAD,
    }
)
