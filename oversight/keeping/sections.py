"""What a person reads about the data kept of them: by section what, why and until when."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.process import Text
from oversight.keeping import graph


@dataclass(frozen=True)
class Section:
    """One section; `until` may name the term of `rule` as %(term)s."""

    code: str
    title: Text
    what: Text
    why: Text
    until: Text
    rule: str = ""


SECTIONS = (
    Section(
        graph.ACCOUNT,
        _("Your account"),
        _("Name, mail address, language, password in a form that cannot be read, second step."),
        _("To let you in, and to know who acts."),
        _("%(term)s after your last role ends; those of officials longer."),
        "retention.volunteers",
    ),
    Section(
        graph.ROLES,
        _("Your roles"),
        _("In which organisation, as what, on which days; invitations; days of absence."),
        _("They decide what you may see and do."),
        _("For good, without your name once your data are erased; invitations %(term)s."),
        "retention.invitations",
    ),
    Section(
        graph.PROFILE,
        _("What you or your NGO told about you"),
        _("Birthday, telephone, languages, experience."),
        _("To know your age and to reach you on the day of a visit."),
        _("%(term)s after you stop volunteering."),
        "retention.volunteers",
    ),
    Section(
        graph.CLEARANCE,
        _("Checks and clearance"),
        _("What was checked, when, the outcome, who checked. Of a paper only its number, sealed."),
        _("Whoever comes to residents must have been checked."),
        _("The outcome for good, without your name; a paper’s number %(term)s after the check."),
        "retention.numbers",
    ),
    Section(
        graph.TEST,
        _("Knowledge test"),
        _("Each try, its questions and your answers."),
        _("To know that you have passed, and what to learn."),
        _("%(term)s after the try."),
        "retention.attempts",
    ),
    Section(
        graph.VISITS,
        _("Visits and hours"),
        _("Where you came, when, as part of which visit; confirmed hours."),
        _("Who was with residents, and when, must be known years later too."),
        _("For good, without your name once your data are erased."),
    ),
    Section(
        graph.LETTERS,
        _("Notices"),
        _("What you were told here and by mail."),
        _("To be able to show that you were told."),
        _("%(term)s after the case has ended."),
        "retention.letters",
    ),
    Section(
        graph.CASES,
        _("Cases about you and what you asked"),
        _("Cases you began or that concern you; what you told the Department."),
        _("To answer you, and to be able to check the answer."),
        _("For good, without your name; what you told in words %(term)s."),
        "retention.concerns",
    ),
    Section(
        graph.ACTS,
        _("What you did in your roles"),
        _("Decisions, entries and files of the organisation you acted for."),
        _("It must be clear who decided, and when."),
        _("For good: it is the organisation’s history, not yours alone."),
    ),
)
