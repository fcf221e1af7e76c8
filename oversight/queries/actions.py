"""What each kind of entry in the audit trail says in words."""

from django.utils.translation import gettext_lazy as _

from casework.process import Flow, Text

OTHERS: dict[str, Text] = {
    "agreement.briefing": _("A briefing on the risks was written down"),
    "agreement.representative": _("Somebody was named to answer for a side of an agreement"),
    "audit.exported": _("The audit trail was exported"),
    "audit.read": _("The audit trail was read"),
    "audit.verified": _("The audit trail was verified"),
    "case.handed_on": _("A case that nobody could decide was handed on"),
    "data.copied": _("Somebody took a copy of the data about themselves"),
    "file.opened": _("A file was opened"),
    "file.taken_in": _("A file was handed in"),
    "gate.absent": _("The gate noted that somebody did not come"),
    "gate.in": _("Somebody was let in at the gate"),
    "gate.out": _("Somebody left through the gate"),
    "gate.refused": _("Somebody was not let in at the gate"),
    "gate.refused.in_order": _("Somebody whose papers were in order was not let in at the gate"),
    "invitation.sent": _("Somebody was invited to a role"),
    "invitation.withdrawn": _("An invitation was withdrawn"),
    "keys.rotated": _("Sealed values were sealed anew with the newest key"),
    "membership.ended": _("Somebody’s role ended"),
    "membership.granted": _("Somebody was given a role"),
    "ngo.came_in": _("An NGO asked to come in"),
    "outcome.number_seen": _("The number of a certificate was looked at"),
    "paper.issued": _("A paper was issued"),
    "paper.withdrawn": _("A paper was withdrawn"),
    "register.imported": _("A file of the register was imported"),
    "retention.done": _("What had been kept long enough was deleted or emptied"),
    "term.moved": _("Terms were counted anew by a changed calendar"),
    "test.finished": _("A knowledge test was finished"),
    "test.more_time_ended": _("Somebody takes the knowledge test in the usual time again"),
    "test.more_time_given": _("Somebody was given more time for the knowledge test"),
    "test.started": _("A knowledge test was started"),
    "volunteers.imported": _("A file of volunteers was imported"),
}


def words(action: str) -> Text:
    """The entry's action as a sentence; an unknown one stands as it is written."""
    kind, _dot, step = action.partition(".")
    if action in OTHERS:
        return OTHERS[action]
    flow = Flow.by_kind.get(kind)
    return flow.steps[step].past if flow and step in flow.steps else action


def choices() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Every action that can be searched for, by process."""
    flows = [
        (flow.title, [(f"{kind}.{name}", step.past) for name, step in flow.steps.items()])
        for kind, flow in Flow.by_kind.items()
    ]
    return [*flows, (_("Everything else"), list(OTHERS.items()))]
