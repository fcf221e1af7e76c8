"""What people type or choose about themselves."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership


class ChangeHat(forms.Form):
    """One of the memberships a person holds."""

    hat = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, hats: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hat"].choices = [(one.pk, str(one)) for one in hats]  # type: ignore[attr-defined]  # a choice field


class ChangeLanguage(forms.Form):
    """One of the languages the pages speak."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # the library is untyped
    """A passkey in our words; it opens the account by itself unless one wishes otherwise."""

    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone, without the password"),
        help_text=_("The device then asks for its PIN, your finger or your face."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].help_text = _("So that you can tell your keys apart.")
        self.fields["name"].max_length = 100
