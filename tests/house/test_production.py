"""What production settings promise."""

import os
import subprocess
import sys

QUESTION = """
from django.conf import settings
print(settings.DEBUG, settings.OPEN_DOORS_DEMO, settings.SESSION_COOKIE_SECURE)
print([app for app in settings.INSTALLED_APPS if app == "demo"])
"""


def test_production_is_not_a_demonstration() -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "OPEN_DOORS_SECRET_KEY": "x" * 60,
        "OPEN_DOORS_HOSTS": "example.org",
    }
    answer = subprocess.run(
        [sys.executable, "-c", QUESTION],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split("\n")[:2] == ["False False True", "[]"]


def test_production_does_not_start_without_its_secret() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPEN_DOORS_")}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    answer = subprocess.run(
        [sys.executable, "-c", QUESTION],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert "Set OPEN_DOORS_SECRET_KEY" in answer.stderr
