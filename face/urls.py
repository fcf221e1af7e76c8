"""Addresses of the face: help."""

from accounts.access import PUBLIC, route
from face import views

urlpatterns = [
    route("help/", views.help_page, who=PUBLIC, name="help"),
    route("help/<slug:key>/", views.topic_page, who=PUBLIC, name="help-topic"),
]
