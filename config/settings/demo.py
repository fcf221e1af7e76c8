"""The demonstration and development on one machine: nothing secret, mail stays in files."""

import os
from pathlib import Path

from config.settings.base import *  # noqa: F403  (settings files compose by import)
from config.settings.base import BASE_DIR, INSTALLED_APPS

OPEN_DOORS_DEMO = True
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
SECRET_KEY = "demonstration-only-and-known-to-everybody"  # noqa: S105  (guards nothing)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = Path(os.environ.get("OPEN_DOORS_DATA") or BASE_DIR / "var") / "mail"
# Static files straight from their folders: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
