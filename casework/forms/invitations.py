"""What is typed to invite somebody, and by whoever comes in."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.passwords import check_length, least_length
from accounts.roles import ROLES_OF
from casework.invitations import Names
from casework.models import Invitation
from casework.process import Refused


class Invite(forms.Form):
    """An address and one of the organisation's roles."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The link goes to this address and works for nobody else."),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in ROLES_OF[organisation.kind]]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice field

    def refuse(self, refused: Refused) -> None:
        """Show every objection beside its field."""
        for one in refused.objections:
            self.add_error(one.field or None, f"{one.text} {one.remedy}".strip())


class ComeIn(forms.Form):
    """Names and a password, as long as the role asks."""

    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    patronymic = forms.CharField(
        label=_("Patronymic, if there is one"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "additional-name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["password"].help_text = _(
            "At least %(length)s characters. A few words in a row are easier to remember."
        ) % {"length": least_length([invitation.role])}

    def clean(self) -> dict[str, Any]:
        """The password is judged last: it must not repeat what stands in the other fields."""
        given: dict[str, Any] = super().clean() or {}
        person = self.invitation.person
        person.family_name = given.get("family_name", "")
        person.given_name = given.get("given_name", "")
        if password := given.get("password"):
            try:
                check_length(password, person, [self.invitation.role])
                get_adapter().clean_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return given

    def names(self) -> Names:
        """What was typed, for the service."""
        return Names(**self.cleaned_data)
