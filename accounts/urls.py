"""Addresses of what concerns oneself."""

from accounts.access import ENTERING, PUBLIC, route
from accounts.views import hats, language, second_factor

urlpatterns = [
    route("hats/", hats, who=ENTERING, name="hats"),
    route("language/", language, who=PUBLIC, name="language"),
    route("second-factor/", second_factor, who=ENTERING, name="second_factor"),
]
