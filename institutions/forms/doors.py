"""Changing the door of a site, and closing it by an order."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from institutions.forms.fields import DayField, Refusable, many
from institutions.forms.hours import Hours, typed_hours
from institutions.models import GuestMode, Level
from institutions.queries.types import Offered
from registry.kinds import has_children
from registry.models import Institution, Site

TEXT = 2000
LONGEST_NOTICE = 336  # hours: two weeks


class SiteForm(Refusable):
    """What both have in common: the site and the days."""

    site = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)

    def __init__(self, house: Institution, data: Any, typed: dict[str, Any]) -> None:
        sites = list(house.sites.all())
        first = {"site": sites[0].pk if sites else None, "key": uuid.uuid4().hex}
        super().__init__(data, initial=first | typed)
        self.sites = {str(site.pk): site for site in sites}
        choice = self.fields["site"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (declared above)
        choice.choices = [(number, site.name) for number, site in self.sites.items()]

    def clean_site(self) -> Site:
        """The site itself."""
        return self.sites[self.cleaned_data["site"]]

    def draft(self) -> dict[str, Any]:
        """What the draft is made of."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class DoorForm(SiteForm):
    """Level, days, hours and conditions of a mode."""

    level = forms.ChoiceField(
        label=_("How open the door stands"),
        choices=[(level.value, level.label) for level in (Level.WIDE, Level.HALF, Level.AJAR)],
        widget=forms.RadioSelect,
    )
    from_on = DayField(_("From which day"))
    through_on = DayField(
        _("Through which day"),
        required=False,
        help_text=_("Leave it empty if it holds until you declare something else."),
    )
    types = forms.MultipleChoiceField(
        label=_("Types of interaction you take"),
        required=False,
        help_text=_("Mark none, and everything that was agreed is taken."),
        widget=forms.CheckboxSelectMultiple,
    )
    notice_hours = forms.IntegerField(
        label=_("How many hours before can a time still be booked"),
        min_value=0,
        max_value=LONGEST_NOTICE,
        initial=24,
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=TEXT,
        help_text=_("What visitors should know: clothes, photographs, gifts, entrance."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    instant = forms.BooleanField(label=_("Book at once, without my answer"), required=False)
    supervisor = forms.ChoiceField(
        label=_("Who of the staff is with the visitors then"), required=False
    )

    def __init__(
        self,
        house: Institution,
        types: list[Offered],
        staff: Iterable[User],
        data: Any = None,
        typed: Any = None,
    ) -> None:
        given = dict(typed or {})
        if "types" in given:
            given["types"] = many(given["types"])
        super().__init__(house, data, given)
        self.hours = Hours(data, given)
        choice, people = self.fields["types"], self.fields["supervisor"]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        assert isinstance(people, forms.ChoiceField)  # noqa: S101  (declared above)
        choice.choices = [(str(one.type_id), one.name) for one in types]
        people.choices = [("", _("nobody")), *((str(one.pk), str(one)) for one in staff)]
        self.fields["instant"].help_text = _consent(has_children(house.kind.code))

    def clean(self) -> dict[str, Any]:
        """The hours, and what belongs together."""
        typed = self.cleaned_data
        if not self.hours.is_valid():
            days = ", ".join(day.lower() for day in self.hours.wrong_days())
            self.add_error(None, _("Look at the hours again: %(days)s.") % {"days": days})
        elif typed.get("level") in (Level.HALF, Level.WIDE) and not self.hours.windows():
            self.add_error("level", _("A door that stands half or wide open needs hours."))
        if typed.get("instant") and typed.get("level") != Level.WIDE:
            self.add_error("instant", _("Standing consent goes with a wide open door only."))
        _in_order(self)
        return typed

    def draft(self) -> dict[str, Any]:
        """With the hours, and types as keys."""
        types = [int(key) for key in self.cleaned_data["types"]]
        named = self.cleaned_data["supervisor"]
        own = {"types": types, "supervisor": int(named) if named else None}
        return super().draft() | own | {"windows": self.hours.windows()}


class ClosureForm(SiteForm):
    """A closure by a dated order."""

    from_on = DayField(_("From which day"))
    through_on = DayField(_("Through which day, inclusive"))
    act_number = forms.CharField(label=_("Number of the order"), max_length=60)
    act_on = DayField(_("Date of the order"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=TEXT,
        help_text=_("Quarantine, accident, repairs. It is shown on the public page."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, house: Institution, longest: int, data: Any = None, typed: Any = None
    ) -> None:
        super().__init__(house, data, dict(typed or {}))
        hint = _("At most %(days)d days by one order.") % {"days": longest}
        self.fields["through_on"].help_text = hint

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        _in_order(self)
        return self.cleaned_data


def typed_mode(mode: GuestMode | None) -> dict[str, Any]:
    """A mode as if it had been typed: to change one is to write the next one from it."""
    if mode is None:
        return {}
    names = ("level", "notice_hours", "conditions", "instant", "supervisor_id")
    types = [str(key) for key in mode.types.values_list("pk", flat=True)]
    own = {name.removesuffix("_id"): getattr(mode, name) for name in names}
    own |= {"types": types, "site": mode.site_id}
    days = {} if mode.published_at else {"from_on": mode.from_on, "through_on": mode.through_on}
    return own | days | typed_hours(mode.windows.all())


def _in_order(form: forms.Form) -> None:
    first, last = form.cleaned_data.get("from_on"), form.cleaned_data.get("through_on")
    if first and last and last < first:
        form.add_error("through_on", _("The last day cannot be before the first."))


def _consent(children: bool) -> Any:
    if children:
        return _(
            "Only with a wide open door, and only for people who are known here and hold V2 or"
            " more: children live here. Name who of the staff is with them. You can take it back"
            " with a new mode."
        )
    return _(
        "Only with a wide open door: whoever is cleared is booked without waiting for you. You"
        " can take it back with a new mode."
    )
