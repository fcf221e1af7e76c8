"""What holds for every way of running Open Doors."""

import os
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF

from config.settings.environment import database, secret

BASE_DIR = Path(__file__).resolve().parent.parent.parent
OPEN_DOORS_DEMO = False
# What letters and calendar entries call the product by.
OPEN_DOORS_URL = os.environ.get("OPEN_DOORS_URL", "http://127.0.0.1:8200")
OPEN_DOORS_HOST = OPEN_DOORS_URL.rpartition("/")[2].partition(":")[0]
OPEN_DOORS_BOOT = os.environ.get("OPEN_DOORS_BOOT", "")

# Files that people hand in: outside the web root, the same folder for web and worker.
OPEN_DOORS_FILES: Path = Path(
    os.environ.get("OPEN_DOORS_FILES")
    or Path(os.environ.get("OPEN_DOORS_DATA") or BASE_DIR / "var") / "files"
)

DATABASES = {
    "default": database(
        secret("DATABASE_URL", "postgres:///open_doors"),
        role=os.environ.get("OPEN_DOORS_DB_ROLE", ""),
    )
}
# Keys of sealed values, the newest first; without any they come from the product's secret.
OPEN_DOORS_KEYS: list[str] = secret("OPEN_DOORS_KEYS", "").split()
# Of blind indexes: apart, because it must stay the same when the others change.
OPEN_DOORS_INDEX_KEY = secret("OPEN_DOORS_INDEX_KEY", "")
REDIS_URL = secret("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

INSTALLED_APPS = [
    "oversight",
    "visits",
    "volunteers",
    "institutions",
    "registry",
    "casework",
    "accounts",
    "face",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "face.context.face",
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.WithHats",
    "guardian.backends.ObjectPermissionBackend",
]
# Accounts begin with an invitation; guardian's stand-in user would be a person who is nobody.
ACCOUNT_ADAPTER = "accounts.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A passkey is offered first; its PIN or fingerprint counts as the second factor at sign-in.
MFA_ADAPTER = "accounts.mfa.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "accounts.forms.AddPasskey"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Open Doors"
# A code typed as the next one appears is still good; each is taken once.
MFA_TOTP_TOLERANCE = 1
ANONYMOUS_USER_NAME = None
LOGIN_REDIRECT_URL = "start"
LOGIN_URL = "account_login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Moscow"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://')}"
    if (REDIS_URL.startswith("unix://"))
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is away must not hold up whoever rings: the scan comes anyway.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_connect_timeout": 1}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "expiring": {"task": "volunteers.tasks.warn_expiring", "schedule": 30.0},
    "tests": {"task": "volunteers.tasks.finish_tests", "schedule": 60.0},
    "comparisons": {"task": "volunteers.tasks.compare_changed", "schedule": 10.0},
    "imports": {"task": "registry.tasks.continue_imports", "schedule": 10.0},
    "letters": {"task": "casework.tasks.deliver", "schedule": 10.0},
    "reminders": {"task": "visits.tasks.remind", "schedule": 20.0},
    "slots": {"task": "institutions.tasks.publish_slots", "schedule": 3600.0},
    "handovers": {"task": "institutions.tasks.begin_handovers", "schedule": 3600.0},
    "silence": {"task": "casework.tasks.sweep_terms", "schedule": 15.0},
    # 02:00 and 03:00 in Moscow: Celery counts in UTC.
    "trail": {"task": "oversight.tasks.verify_trail", "schedule": crontab(hour=23, minute=0)},
    "files": {"task": "casework.tasks.mind_files", "schedule": crontab(hour=0, minute=0)},
    # 04:00 in Moscow.
    "retention": {"task": "oversight.tasks.keep_no_longer", "schedule": crontab(hour=1, minute=0)},
    # 06:00 in Moscow.
    "unattended": {
        "task": "oversight.tasks.announce_unattended",
        "schedule": crontab(hour=3, minute=0),
    },
    "the-worker-is-alive": {"task": "casework.tasks.heartbeat", "schedule": 30.0},
}
