"""The demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The cast, its stories, the letters it gets, the rehearsal clock."""

    name = "demo"
