"""All addresses: each app's own list, the two health pages and sign-in."""

from django.apps import apps
from django.urls import include, path

from accounts.access import PUBLIC, SIGNED_IN, route
from config import health, start

urlpatterns = [
    route("healthz", health.healthz, who=PUBLIC, name="healthz"),
    route("readyz", health.readyz, who=PUBLIC, name="readyz"),
    route("start/", start.start, who=SIGNED_IN, name="start"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("accounts.urls")),
    path("", include("casework.urls")),
    path("", include("face.urls")),
    path("", include("institutions.urls")),
    path("", include("oversight.urls")),
    path("", include("registry.urls")),
    path("", include("visits.urls")),
    path("", include("volunteers.urls")),
]
if apps.is_installed("demo"):
    urlpatterns.append(path("", include("demo.urls")))
