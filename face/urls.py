"""Addresses of the pages that need no data."""

from accounts.access import PUBLIC, route
from face.views import help_page

urlpatterns = [
    route("help/", help_page, who=PUBLIC, name="help"),
]
