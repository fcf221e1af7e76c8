"""Production: every secret from the environment or a file, HTTPS only, no demonstration."""

from config.settings.base import *  # noqa: F403  (settings files compose by import)
from config.settings.environment import secret

DEBUG = False
SECRET_KEY = secret("OPEN_DOORS_SECRET_KEY")
ALLOWED_HOSTS = secret("OPEN_DOORS_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
# The health checks of containers come over plain HTTP from the same machine.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_HOST = secret("OPEN_DOORS_SMTP_HOST", "localhost")
EMAIL_PORT = int(secret("OPEN_DOORS_SMTP_PORT", "25"))
EMAIL_HOST_USER = secret("OPEN_DOORS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = secret("OPEN_DOORS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = secret("OPEN_DOORS_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = secret("OPEN_DOORS_MAIL_FROM", "open-doors@localhost")
