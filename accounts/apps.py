"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organisations, memberships, and who may open which address."""

    name = "accounts"
