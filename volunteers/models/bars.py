"""Keeping a person away: bars, suspensions, likenesses to somebody barred, and what they halt."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Case, Detail
from volunteers.models.people import Volunteer


def _another(first: str, second: str) -> Q:
    """Either is not there yet, or they are two people."""
    return (
        Q(**{f"{first}__isnull": True})
        | Q(**{f"{second}__isnull": True})
        | ~Q(**{first: F(second)})
    )


class BarGround(models.TextChoices):
    """Why somebody may not come to residents at all."""

    DANGER = "danger", _("harm or danger to a resident")
    RECORD = "record", _("a criminal record that bars this work")
    DECEIT = "deceit", _("false papers or false data")
    SECRETS = "secrets", _("spreading what is known of residents")
    CONDUCT = "conduct", _("a gross breach of the rules of conduct")


class SuspensionGround(models.TextChoices):
    """Why somebody does not come for a while."""

    INQUIRY = "inquiry", _("what happened is being looked into")
    CONDUCT = "conduct", _("a breach of the rules of conduct")
    PAPERS = "papers", _("papers have to be put in order")
    WISH = "wish", _("the volunteer wishes so")
    OTHER = "other", _("another ground")


class Bar(Detail):
    """Somebody may not come to residents: proposed by one person, confirmed by a second.

    `stands` from the proposal until it is refused, lapses or is removed, which takes two as well.
    """

    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=10, choices=BarGround, blank=True)
    reason = models.TextField(blank=True)
    stands = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removal_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=_another("proposed_by", "confirmed_by"), name="a_second_confirms_the_bar"
            ),
            models.CheckConstraint(
                condition=_another("removal_by", "lifted_by"), name="a_second_lifts_the_bar"
            ),
            *(
                models.CheckConstraint(
                    condition=_another("volunteer", who), name=f"nobody_bars_themselves_{n}"
                )
                for n, who in enumerate(("proposed_by", "confirmed_by", "removal_by", "lifted_by"))
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(proposed_by__isnull=False),
                name="only_a_proposed_bar_is_confirmed",
            ),
            models.UniqueConstraint(
                fields=("volunteer",), condition=Q(stands=True), name="one_standing_bar"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.volunteer_id}"


class BarMark(models.Model):
    """By what somebody barred is known again: a keyed digest, from which nothing can be read."""

    bar = models.ForeignKey(Bar, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("digest", "kind", "bar"), name="bar_mark_once"),
        )

    def __str__(self) -> str:
        return f"{self.bar_id}: {self.kind}"


class Likeness(Detail):
    """Somebody who looks like a person barred: held until a checker says who they are."""

    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    bar = models.ForeignKey(Bar, models.PROTECT, related_name="likenesses")
    kinds = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("bar", "volunteer"), name="likeness_asked_once"),
            models.CheckConstraint(
                condition=_another("volunteer", "decided_by"), name="nobody_knows_themselves_again"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.volunteer_id}"


class PersonSuspension(Detail):
    """Somebody does not come from a day on, through a day or until it is lifted."""

    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_on = models.DateField()
    through_on = models.DateField(null=True)
    ground = models.CharField(max_length=10, choices=SuspensionGround, blank=True)
    reason = models.TextField(blank=True)
    suspended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(through_on__isnull=True) | Q(through_on__gte=F("from_on")),
                name="person_suspension_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=_another("volunteer", "suspended_by"), name="nobody_suspends_themselves"
            ),
            models.CheckConstraint(
                condition=_another("volunteer", "lifted_by"), name="nobody_lifts_their_suspension"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.volunteer_id}"


class Halt(models.Model):
    """On these days somebody is not cleared, whatever their papers say; no day: without that end.

    Without a case it says that their data are still to be compared with those of people barred:
    the database writes it itself whenever they change.
    """

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(null=True)
    through_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("volunteer", "case"),
                condition=Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="halted_once_by_a_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {self.case_id or ''}"
