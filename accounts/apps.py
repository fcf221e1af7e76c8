"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organisations, memberships, and who may open which address."""

    name = "accounts"

    def ready(self) -> None:
        """Hear from the library when somebody adds, uses or removes a second factor."""
        from allauth.mfa import signals  # noqa: PLC0415  (models are loaded by now)

        from accounts import (  # noqa: PLC0415  (the same)
            checks,  # noqa: F401  (it registers itself)
            mfa,
        )

        signals.authenticator_added.connect(mfa.factor_added)
        signals.authenticator_used.connect(mfa.factor_used)
        signals.authenticator_removed.connect(mfa.factor_removed)
