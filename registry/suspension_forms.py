"""What a registrar types to hold a registration back."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.models import Institution, Ngo, TypeVersion
from registry.queries import approved_types
from registry.queries.names import in_order
from registry.suspending import Scope


class WhichNgo(forms.Form):
    """Words to find an NGO by, or the one chosen."""

    q = forms.CharField(
        label=_("Name, INN, OGRN or number in the register"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    ngo = forms.SlugField(required=False, widget=forms.HiddenInput)


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """A type of interaction, by its code and its name."""

    def label_from_instance(self, obj: Any) -> str:
        """As the catalogue says it."""
        return f"{obj.type.code} {obj.name}"


class SuspensionForm(forms.Form):
    """What of a registration is held back, and for how long."""

    type = VersionField(
        TypeVersion.objects.none(),
        label=_("Type of interaction"),
        required=False,
        empty_label=_("All of them"),
    )
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institution"),
        required=False,
        empty_label=_("All of them"),
    )
    from_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    through_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, ngo: Ngo, on: date, typed: dict[str, Any]) -> None:
        super().__init__(data, initial={"from_on": on} | typed)
        self.on = on
        versions = TypeVersion.objects.in_force(on).select_related("type").order_by("type__code")
        types = cast("forms.ModelChoiceField[TypeVersion]", self.fields["type"])
        types.queryset = versions.filter(type__code__in=approved_types(ngo.pk, on))
        institutions = Institution.objects.select_related("organisation")
        places = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        places.queryset = institutions.order_by(in_order("organisation__short_name"))

    def clean(self) -> dict[str, Any]:
        """It begins today or later, and ends after it begins."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("from_on"), given.get("through_on")
        if first and first < self.on:
            self.add_error("from_on", _("A suspension begins today or later."))
        if first and last and last < first:
            self.add_error("through_on", _("The last day is before the first."))
        return given

    def scope(self) -> Scope:
        """What was typed, for the service."""
        given = self.cleaned_data
        version: TypeVersion | None = given["type"]
        return Scope(
            given["from_on"],
            given["through_on"],
            version.type if version else None,
            given["institution"],
        )
