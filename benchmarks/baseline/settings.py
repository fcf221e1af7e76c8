"""What `startproject` gives, less what these pages do not use; the same engines and options."""

from config.settings.environment import database, secret

SECRET_KEY = "bench-only"  # noqa: S105  (guards nothing)
ALLOWED_HOSTS = ["localhost"]
CSRF_TRUSTED_ORIGINS = ["https://localhost"]
DATABASES = {"default": database(secret("DATABASE_URL"), role="")}
INSTALLED_APPS = [
    "benchmarks.baseline",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "benchmarks.baseline.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "Europe/Moscow"
USE_TZ = True
# No history: every table is made at once.
MIGRATION_MODULES = {"auth": None, "contenttypes": None, "sessions": None}
