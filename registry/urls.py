"""The register's addresses and who may open them."""

from accounts.access import PUBLIC, route
from registry import views

urlpatterns = [
    route("", views.home, who=PUBLIC, name="home"),
    route("types/", views.types, who=PUBLIC, name="types"),
    route("types/<slug:code>/", views.type_page, who=PUBLIC, name="type"),
    route("okrugs/", views.okrugs, who=PUBLIC, name="okrugs"),
]
