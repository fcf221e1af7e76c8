"""All addresses: each app's own list, the two health pages and sign-in."""

from django.urls import include, path

from accounts.access import PUBLIC, route
from config import health

urlpatterns = [
    route("healthz", health.healthz, who=PUBLIC, name="healthz"),
    route("readyz", health.readyz, who=PUBLIC, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("casework.urls")),
    path("", include("face.urls")),
    path("", include("registry.urls")),
]
