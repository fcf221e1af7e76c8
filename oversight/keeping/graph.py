"""Every place where a row points at a person, and what becomes of it when their data are erased.

A test compares the table with the models: whoever adds a link to a person decides here.
"""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What happens to the rows when the person's data are erased."""

    DELETED = "deleted"
    EMPTIED = "emptied"  # the row stays, what tells of the person is taken out of it
    KEPT = "kept"  # history: it points at a number, whose name is gone


ACCOUNT, ROLES, PROFILE, CLEARANCE, TEST = "account", "roles", "profile", "clearance", "test"
VISITS, LETTERS, CASES, ACTS = "visits", "letters", "cases", "acts"


@dataclass(frozen=True)
class Link:
    """One link: where it stands, in which section a person reads of it, what a copy shows.

    Without `shows` a copy only says how many rows there are.
    """

    where: str
    section: str
    fate: Fate
    shows: tuple[str, ...] = ()

    @property
    def model(self) -> str:
        """The model as `apps.get_model` wants it."""
        return self.where.rpartition(".")[0]

    @property
    def field(self) -> str:
        """The name of the link."""
        return self.where.rpartition(".")[2]


def _gone(section: str, where: str, *shows: str) -> Link:
    return Link(where, section, Fate.DELETED, shows)


def _emptied(section: str, where: str, *shows: str) -> Link:
    return Link(where, section, Fate.EMPTIED, shows)


def _kept(section: str, where: str, *shows: str) -> Link:
    return Link(where, section, Fate.KEPT, shows)


def _acts(*wheres: str) -> tuple[Link, ...]:
    """What somebody did in a role: the history of organisations, of which a copy tells the size."""
    return tuple(_kept(ACTS, where) for where in wheres)


LINKS = (
    _gone(ACCOUNT, "account.EmailAddress.user", "email", "verified"),
    _gone(ACCOUNT, "mfa.Authenticator.user", "type", "created_at", "last_used_at"),
    _gone(ACCOUNT, "accounts.User_groups.user"),
    _gone(ACCOUNT, "accounts.User_user_permissions.user"),
    _gone(ACCOUNT, "guardian.UserObjectPermission.user"),
    _kept(ROLES, "accounts.Membership.person", "organisation__name", "role", "during"),
    _gone(ROLES, "casework.Invitation.person", "organisation__name", "role", "at", "accepted_at"),
    _gone(ROLES, "casework.Absence.person", "organisation__name", "during"),
    _emptied(PROFILE, "volunteers.Volunteer.person", "born_on", "phone", "languages", "experience"),
    _emptied(
        CLEARANCE,
        "volunteers.Outcome.volunteer",
        "case__ref",
        "institution__organisation__name",
        "passed",
        "on",
        "valid_through",
    ),
    # Of a bar the fact alone: its grounds may name others, and whoever spoke up.
    _kept(CLEARANCE, "volunteers.Bar.volunteer", "case__ref", "stands"),
    _kept(CLEARANCE, "volunteers.Likeness.volunteer"),
    _kept(CLEARANCE, "volunteers.Halt.volunteer"),
    _emptied(
        CLEARANCE,
        "volunteers.PersonSuspension.volunteer",
        "case__ref",
        "from_on",
        "through_on",
        "ground",
    ),
    _gone(
        TEST,
        "volunteers.Attempt.person",
        "tier",
        "started_at",
        "finished_at",
        "score",
        "share",
        "passed",
    ),
    _gone(TEST, "volunteers.MoreTime.person", "given_at", "ended_at"),
    _kept(
        VISITS,
        "visits.Participation.volunteer",
        "visit__case__ref",
        "visit__institution__organisation__name",
        "during",
    ),
    _kept(
        VISITS,
        "visits.Hours.volunteer",
        "participation__visit__case__ref",
        "minutes",
        "confirmed_at",
    ),
    _kept(VISITS, "volunteers.Experience.volunteer", "institution__organisation__name", "on"),
    _kept(VISITS, "institutions.Briefed.person", "briefing__on"),
    _gone(LETTERS, "casework.Notice.person", "at", "read_at"),
    _kept(CASES, "casework.Concerned.person", "case__ref", "case__opened_at", "case__closed_at"),
    _kept(CASES, "casework.Case.opened_by", "ref", "opened_at", "closed_at"),
    _emptied(CASES, "oversight.DataRequest.person", "case__ref", "what", "words", "wanted"),
    _kept(CASES, "casework.Decision.opened_by"),
    _kept(ACTS, "casework.Decision.actor", "case__ref", "step", "at", "reason"),
    _kept(ACTS, "casework.File.uploaded_by", "name", "size", "uploaded_at"),
    *_acts(
        "accounts.Membership.granted_by",
        "accounts.Membership.stands_for",
        "casework.Absence.noted_by",
        "casework.CalendarChange.confirmed_by",
        "casework.CalendarChange.proposed_by",
        "casework.Invitation.invited_by",
        "casework.Paper.issued_by",
        "casework.RuleChange.confirmed_by",
        "casework.RuleChange.proposed_by",
        "institutions.Agreement.signed_for_offerer",
        "institutions.Agreement.signed_for_other",
        "institutions.AgreementVersion.author",
        "institutions.Briefing.by",
        "institutions.Enclosure.added_by",
        "institutions.GuestMode.supervisor",
        "institutions.Handover.from_person",
        "institutions.Handover.to_person",
        "institutions.HandoverItem.answered_by",
        "institutions.Need.published_by",
        "institutions.Representative.named_by",
        "institutions.Representative.person",
        "oversight.HandOn.by",
        "oversight.Verification.by",
        "registry.Application.checked_by",
        "registry.Document.added_by",
        "registry.ImportBatch.by",
        "registry.TypeChange.approved_by",
        "registry.TypeChange.proposed_by",
        "visits.GateEvent.by",
        "visits.Hours.confirmed_by",
        "visits.Visit.supervisor",
        "volunteers.Bar.confirmed_by",
        "volunteers.Bar.lifted_by",
        "volunteers.Bar.proposed_by",
        "volunteers.Bar.removal_by",
        "volunteers.Likeness.decided_by",
        "volunteers.MoreTime.ended_by",
        "volunteers.MoreTime.given_by",
        "volunteers.Outcome.checker",
        "volunteers.Outcome.second",
        "volunteers.PersonSuspension.lifted_by",
        "volunteers.PersonSuspension.suspended_by",
        "volunteers.QuestionChange.approved_by",
        "volunteers.QuestionChange.proposed_by",
        "volunteers.RequirementChange.approved_by",
        "volunteers.RequirementChange.proposed_by",
    ),
)
