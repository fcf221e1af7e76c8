"""A paper: what was proposed, decided, agreed or extracted, as somebody can hold it in hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from casework.models.cases import Case, Decision

LANGUAGES = ("ru", "en")
# 32 signs without I, L, O and U: read aloud or copied by hand, none is taken for another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
WHOLE_HASH = "^[0-9a-f]{64}$"


class PaperKind(models.TextChoices):
    """What a paper is; its text lies in `templates/papers`."""

    PROPOSAL = "proposal", _("Cooperation proposal")
    ACCEPTANCE = "decision_accept", _("Decision to accept the proposal")
    REFUSAL = "decision_refuse", _("Decision to refuse the proposal")
    REVIEW = "decision_review", _("Founder’s decision on a refusal")
    APPEAL = "decision_appeal", _("Decision on an appeal")
    AGREEMENT = "agreement", _("Cooperation agreement")
    ESCALATION = "escalation", _("Letter about a missed term")
    EXTRACT = "register_extract", _("Extract from the register")
    HOURS = "volunteer_hours", _("Certificate of a volunteer’s hours")


class Paper(models.Model):
    """Append-only: its bytes are made again from `values`, its only change is to be withdrawn.

    `sha256` is of what it says (kind, language, values), `pdf_sha256` of the bytes given out.
    `organisation` issues it; an extract from the register belongs to no case, and neither does
    a certificate of hours, which is only for whoever had it issued. `edition` names the
    folder of templates it was printed by, `site` the address under which it can be checked.
    """

    code = models.CharField(max_length=LENGTH, unique=True)
    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=2)
    edition = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="papers")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    site = models.CharField(max_length=200)
    values = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "kind", "language"),
                condition=Q(decision__isnull=False, withdrawn_at__isnull=True),
                name="one_paper_of_a_decision",
            ),
            models.UniqueConstraint(
                fields=("organisation", "case", "sha256"),
                condition=Q(decision__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_paper_that_says_the_same",
            ),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="paper_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=f"^[{ALPHABET}]{{{LENGTH}}}$"), name="paper_code_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=WHOLE_HASH) & Q(pdf_sha256__regex=WHOLE_HASH),
                name="paper_hashes_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__lte=models.F("recorded_at")), name="paper_not_in_the_future"
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Where the PDF is: an extract is for everybody, any other paper for those it concerns."""
        return reverse("extract" if self.kind == PaperKind.EXTRACT else "paper", args=[self.code])

    @property
    def spaced_code(self) -> str:
        """The code in fours, as people read it."""
        return " ".join(self.code[at : at + GROUP] for at in range(0, LENGTH, GROUP))

    @property
    def label(self) -> str | Promise:
        """What kind of paper it is, in words."""
        return PaperKind(self.kind).label

    @property
    def file_name(self) -> str:
        """What a saved copy is called."""
        return f"{self.number.replace('/', '-')}.{self.language}.pdf"

    @property
    def issuer(self) -> str | Promise:
        """Who issued it, for everybody to read: whoever has no state number may be one person."""
        organisation = self.organisation
        if organisation.kind == OrganisationKind.NGO and not organisation.ogrn:
            return OrganisationKind.NGO.label
        return organisation.name
