"""Settings of the tests: the same engines, a fast password hasher, mail in memory."""

import os

from config.settings.base import *  # noqa: F403  (settings files compose by import)
from config.settings.base import BASE_DIR, INSTALLED_APPS, REDIS_URL

OPEN_DOORS_BOOT = "test"
# The rehearsal clock lets tests live through months; its pages are the demonstration's alone.
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
SECRET_KEY = "test"  # noqa: S105  (guards nothing)
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The demonstration’s page of letters reads files; a test of it names a folder of its own.
EMAIL_FILE_PATH = BASE_DIR / "var" / "test" / "mail"
OPEN_DOORS_FILES = BASE_DIR / "var" / "test" / "files"
# Every worker of a parallel run has a Valkey database of its own: allauth keeps used codes there.
_number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"db": _number},
    }
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
