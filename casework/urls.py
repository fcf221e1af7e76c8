"""Addresses of casework: how a date is counted."""

from accounts.access import PUBLIC, route
from casework import views

urlpatterns = [route("calendar/", views.count, who=PUBLIC, name="calendar")]
