"""A change of head or charter: reported by the NGO, entered by a registrar."""

from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.parties import department, registrar, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text
from casework.terms import working_days
from face.templatetags.face import day
from registry import change_rules as rules
from registry import consequences as then
from registry.change_rules import REPORTED
from registry.flows import asks
from registry.flows.rows import link_to
from registry.models import NgoChange
from registry.parties import head, ngo_desk, the_appeal
from registry.rules import not_whoever_refused_it
from registry.ways import Appealable

LABELS = {
    "name": _("Full name"),
    "short_name": _("Short name"),
    "form": _("Legal form"),
    "head_name": _("Name of the head"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "site_url": _("Website"),
}


class G(models.TextChoices):
    """Where a change stands."""

    DRAFT = "draft", _("draft")
    FILED = "filed", _("the registrar checks it")
    ACCEPTED = "accepted", _("entered into the register")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


def words(change: NgoChange, name: str) -> str:
    """What was and what becomes."""
    return f"{change.was.get(name) or '—'} → {getattr(change, name) or '—'}"


class ChangeFlow(Appealable, Flow[NgoChange]):
    """The head of an NGO reports a change; a registrar enters it or says why not. What is reported
    late is entered too, and the case says so. Silence is told to the Department.
    """

    kind, letter, title, model = "ngo_change", "G", _("Change of head or charter"), NgoChange
    start = G.DRAFT
    related = ("case__owner", "ngo__organisation", "appeal__case")
    review = Clock("review", _("Check of the change"), working_days("change.review"), "escalate")
    stages = {
        G.DRAFT: Stage(G.DRAFT.label, head),
        G.FILED: Stage(G.FILED.label, registrar, (review,), "waiting"),
        G.ACCEPTED: Stage(G.ACCEPTED.label, tone="done"),
        G.REFUSED: Stage(G.REFUSED.label, tone="late"),
        G.WITHDRAWN: Stage(G.WITHDRAWN.label),
    }

    file = Step(
        G.DRAFT,
        G.FILED,
        by=head,
        label=_("Report the change"),
        past=_("The change was reported"),
        rules=(rules.it_is_registered, rules.something_changes, rules.it_has_happened),
        tell=(registrar, ngo_desk),
    )
    accept = Step(
        G.FILED,
        G.ACCEPTED,
        by=registrar,
        label=_("Enter into the register"),
        past=_("The change was entered into the register"),
        rules=(not_whoever_refused_it, rules.it_has_happened),
        then=(then.enter_the_change,),
        tell=(ngo_desk,),
        decides=True,
        settles=True,
    )
    refuse = Step(
        G.FILED,
        G.REFUSED,
        by=registrar,
        label=_("Refuse"),
        past=_("The change was refused"),
        asks=asks.Reason,
        rules=(not_whoever_refused_it,),
        then=(then.close_the_change,),
        tell=(ngo_desk,),
        decides=True,
        settles=True,
        danger=True,
    )
    withdraw = Step(
        G.FILED,
        G.WITHDRAWN,
        by=head,
        label=_("Withdraw the report"),
        past=_("The report was withdrawn"),
        then=(then.close_the_change,),
        tell=(registrar,),
        settles=True,
    )
    reopen = Step(
        G.DRAFT,
        G.FILED,
        by=the_appeal,
        label=_("Check anew"),
        past=_("The refusal was overturned on appeal: the change is checked anew"),
        tell=(registrar,),
    )
    escalate = Step(
        G.FILED,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The check of the change is late; the Department was told"),
        tell=(department, ngo_desk),
        marks="review",
    )

    @classmethod
    def heading(cls, detail: NgoChange) -> str:
        """The NGO's name."""
        return str(detail.ngo)

    @classmethod
    def facts(cls, detail: NgoChange) -> dict[str, Any]:
        """The reference, the NGO, from which day, and whether it was reported late."""
        return {
            "ref": detail.case.ref,
            "ngo": detail.ngo.organisation.short_name,
            "since_on": detail.since_on.isoformat(),
            "due_on": detail.due_on.isoformat(),
            "late": detail.late,
        }

    @classmethod
    def shown(cls, detail: NgoChange) -> list[tuple[Text, Any]]:
        """What was and what becomes, from which day, on what paper, and in time or late."""
        changed = [one for one in REPORTED if detail.was.get(one, "") != getattr(detail, one)]
        rows: list[tuple[Text, Any]] = [(LABELS[one], words(detail, one)) for one in changed]
        rows += [(_("Holds since"), day(detail.since_on)), (_("On what paper"), detail.why)]
        said = _("Late: it was to be reported by %(day)s")
        if not detail.late:
            said = _("In time, by %(day)s")
        rows.append((_("Reported"), said % {"day": date_format(detail.due_on, "j E Y")}))
        if detail.appeal:
            rows.append((_("After the appeal"), link_to(detail.appeal.case)))
        return rows
