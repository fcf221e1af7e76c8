"""Who stands in for somebody, and who is away, on which days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from casework.absences import Days
from casework.forms.rules import DayField
from casework.process import Refused


class DaysForm(forms.Form):
    """The first day and the last, both counted."""

    from_on = DayField(_("First day"))
    through_on = DayField(_("Last day"))

    def days(self) -> Days:
        """What was typed."""
        return Days(self.cleaned_data["from_on"], self.cleaned_data["through_on"])

    def refuse(self, refused: Refused) -> None:
        """Show every objection beside its field, where the form has it."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())


class DeputyForm(DaysForm):
    """One of those who could stand in."""

    field_order = ("deputy", "from_on", "through_on")
    deputy = forms.ModelChoiceField(
        User.objects.none(), label=_("Who stands in"), empty_label=_("Choose somebody")
    )

    def __init__(self, people: Any, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, initial=typed)
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]  # a model choice


class AbsenceForm(DaysForm):
    """One's own days; whoever may name deputies also chooses whose, and who stands in."""

    field_order = ("who", "from_on", "through_on", "deputy")
    who = forms.ChoiceField(label=_("Who is away"))
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who stands in"),
        required=False,
        empty_label=_("nobody"),
        help_text=_("They hold the same role on these days and not a day longer."),
    )

    def __init__(
        self, own: Membership, staff: Iterable[Membership], data: Any = None, typed: Any = None
    ) -> None:
        super().__init__(data, initial={"who": str(own.pk), **(typed or {})})
        self.own, self.staff = own, {str(one.pk): one for one in staff}
        if not self.staff:
            del self.fields["who"], self.fields["deputy"]
            return
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101  (declared above)
        who.choices = [
            (key, f"{one.person}, {one.get_role_display()}") for key, one in self.staff.items()
        ]
        people = {one.person_id for one in self.staff.values()} - {own.person_id}
        deputy = self.fields["deputy"]
        assert isinstance(deputy, forms.ModelChoiceField)  # noqa: S101  (declared above)
        deputy.queryset = User.objects.filter(pk__in=people).order_by("family_name", "pk")

    @property
    def held(self) -> Membership:
        """The membership of whoever is away."""
        return self.staff.get(self.cleaned_data.get("who", ""), self.own)


def from_today(on: date) -> dict[str, date]:
    """What stands in the fields at first."""
    return {"from_on": on}
