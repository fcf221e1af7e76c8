"""The decision on a request: one form for approving, offering another time and refusing."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework.forms.step import StepForm
from casework.parameters import rules_on
from casework.process import Ask, Refused, Step
from face.templatetags.face import moment
from institutions.models import Slot
from visits.flows import VisitFlow
from visits.models import Visit
from visits.plans import local_day
from visits.queries import options
from visits.queries.dossier import NOT_CLEARED
from visits.refusals import VisitRefusal

APPROVE, MOVE, REFUSE = "approve", "move", "refuse"
CHOICES = (
    (APPROVE, _("Approve")),
    (MOVE, _("Offer another time")),
    (REFUSE, _("Refuse")),
)
ASKED = {
    APPROVE: ("supervisor", "reason"),
    MOVE: ("slot", "supervisor", "reason"),
    REFUSE: ("code", "reason"),
}


class DecisionForm(StepForm):
    """What is chosen, and what that choice asks; papers are never named in its errors."""

    choice = forms.ChoiceField(label=_("Decision"), choices=CHOICES, widget=forms.RadioSelect)
    slot = forms.ChoiceField(label=_("Another time"), required=False)
    code = forms.ChoiceField(
        label=_("Reason"), choices=VisitRefusal, required=False, widget=forms.RadioSelect
    )
    supervisor = forms.ChoiceField(label=_("Who of the staff is with the visitors"), required=False)
    reason = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The visitors will read it. Do not name any child."),
    )

    def __init__(self, visit: Any, acting: Acting, data: Any = None, initial: Any = None) -> None:
        start = {"key": uuid.uuid4().hex, "seen": visit.case.version, "choice": APPROVE}
        super().__init__(data, initial=start | (initial or {}))
        self.visit = visit
        self.free: list[Slot] = []
        self._choose("supervisor", options.staff(visit, acting), _("Not named yet"))
        # Free times are needed to show the page and to check the one chosen, not to send the rest.
        if data is None or data.get("choice") == MOVE or "send" not in data:
            self.free = options.free_slots(visit, len(visit.named))
            times = [(one.pk, moment(one.during.lower)) for one in self.free]
            self._choose("slot", times, _("Choose a time"))

    def _choose(self, name: str, found: Any, empty: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared so above)
        field.choices = [("", empty), *((str(pk), text) for pk, text in found)]

    def clean(self) -> dict[str, Any]:
        """Whoever refuses gives a code, whoever offers another time names it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("choice") == REFUSE and not cleaned.get("code"):
            self.add_error("code", _("Choose the reason: the volunteers will see it."))
        if cleaned.get("choice") == MOVE and not cleaned.get("slot"):
            self.add_error("slot", _("Choose the time that you offer."))
        return cleaned

    @property
    def step(self) -> Step:
        """The step that is chosen."""
        return VisitFlow.steps[self.cleaned_data["choice"]]

    def answers(self) -> dict[str, Any]:
        """What the chosen step asks, and nothing else that was typed."""
        return {name: self.cleaned_data[name] for name in ASKED[self.cleaned_data["choice"]]}

    def refuse(self, refused: Refused) -> None:
        """Every objection beside its field; who lacks a paper is said without naming it."""
        papers = [one for one in refused.objections if one.code == "not_cleared"]
        others = [one for one in refused.objections if one.code != "not_cleared"]
        if papers:
            self.add_error(None, str(NOT_CLEARED.text))
        if others:
            super().refuse(Refused(*others))

    @property
    def chosen_supervisor(self) -> User | None:
        """The member of staff who was chosen."""
        chosen = self.cleaned_data.get("supervisor")
        return User.objects.get(pk=chosen) if chosen else None

    @property
    def picked(self) -> Slot | None:
        """The other time that was chosen."""
        chosen = self.data.get("slot")
        return next((one for one in self.free if str(one.pk) == chosen), None)

    def ask(self, acting: Acting, at: datetime) -> Ask[Visit]:
        """The attempt at the chosen step, to ask what stands in its way."""
        rules = rules_on(local_day(at, self.visit.institution))
        return Ask(self.visit, acting, at, rules, self.answers(), attempted=True)
