"""A case, the people it is about, its terms and the decisions taken in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.models import Membership, Organisation
from casework.models.calendar import CalendarVersion
from casework.models.rules import Rulebook


class Case(models.Model):
    """Anything that is asked and decided. Only the flow engine changes `state` and `version`.

    `owner` is the organisation that answers, `asker` the one that asks (none: a person does).
    """

    kind = models.CharField(max_length=30)
    letter = models.CharField(max_length=1)
    number = models.BigIntegerField(
        db_default=models.Func(models.Value("casework_case_number"), function="nextval")
    )
    ref = models.GeneratedField(
        expression=Concat("letter", models.Value("-"), Cast("number", models.TextField())),
        output_field=models.CharField(max_length=50),
        db_persist=True,
        unique=True,
    )
    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asker = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("owner", "kind", "state"), name="case_by_owner"),
            models.Index(fields=("asker", "kind", "state"), name="case_by_asker"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(asker__isnull=True) | ~Q(asker=F("owner")),
                name="nobody_asks_themselves",
            ),
        )

    def __str__(self) -> str:
        return str(self.ref)

    def get_absolute_url(self) -> str:
        """The page that shows the case and its timeline."""
        return reverse("case", args=[self.ref])


class Detail(models.Model):
    """What one kind of case holds beside what all cases share; its key is the case's."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="%(class)s")

    class Meta:
        abstract = True


class Concerned(models.Model):
    """A person the case is about: they see it, and they are told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="concerned")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "person"), name="concerned_once"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.person_id}"


class Term(models.Model):
    """A running or ended clock of a case: by when somebody must move, under which rules.

    `rule` is the code of its parameter, `days` with what an extension added. While `paused_at`
    is set it stands still. What changed since it began stands in its shifts.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=40)
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="+")
    calendar = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=50)
    started_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=2, blank=True)
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    extended_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "name"),
                condition=Q(stopped_at__isnull=True),
                name="one_open_term_of_a_name",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("started_at")), name="term_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=("wd", "cd"), days__isnull=False)
                | Q(unit="", days__isnull=True),
                name="term_counts_days_or_names_a_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=Q(stopped_at__isnull=True, escalated_at__isnull=True),
                name="term_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"


class Shift(models.Model):
    """What changed in a term after it began, and what that did to its end. Append-only.

    `calendar` is the newest one on that day, where the end was counted anew.
    """

    class Kind(models.TextChoices):
        EXTENDED = "extended"
        PAUSED = "paused"
        RESUMED = "resumed"
        RECOUNTED = "recounted"

    term = models.ForeignKey(Term, models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    on = models.DateField()
    days = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=60, blank=True)
    calendar = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="+")
    due_before = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("extended", "paused", "resumed", "recounted")),
                name="shift_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("due_before")), name="no_shift_shortens_a_term"
            ),
            models.UniqueConstraint(
                fields=("term",), condition=Q(kind="extended"), name="a_term_is_extended_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.term_id}: {self.kind}"


class Decision(models.Model):
    """One step that was taken: who, acted as what, when, why, under which rulebook. Append-only.

    `recorded_at` is set by the database. `opened_by` is a copy from the case, so that a CHECK
    can see whether somebody decided on what they asked for themselves.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=30)
    before = models.CharField(max_length=30)
    after = models.CharField(max_length=30)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="+")
    code = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)
    told = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=120, unique=True)
    asked = models.CharField(max_length=64)
    decides = models.BooleanField(default=False)
    settles = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(settles=True), name="one_final_decision"
            ),
            models.CheckConstraint(
                condition=Q(decides=False)
                | Q(actor__isnull=True)
                | Q(opened_by__isnull=True)
                | ~Q(actor=F("opened_by")),
                name="nobody_decides_on_their_own_case",
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("recorded_at")), name="decision_not_in_the_future"
            ),
        )
        indexes = (models.Index(fields=("case", "recorded_at"), name="decision_timeline"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.step}"
