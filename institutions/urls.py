"""The addresses of this app and who may open them."""

from accounts.access import PUBLIC, route
from accounts.roles import Role
from institutions.views import agreements, card, doors

DIRECTOR = (Role.DIRECTOR,)
HOUSE = (Role.DIRECTOR, Role.DESK)
SIDES = (*HOUSE, Role.HEAD, Role.COORDINATOR)
WRITERS = (Role.HEAD, Role.DIRECTOR)

urlpatterns = [
    route("institutions/<slug:ref>/", card.card, who=PUBLIC, name="institution"),
    route("door/", doors.door, who=HOUSE, name="door"),
    route("door/new/", doors.change, who=DIRECTOR, name="door-new"),
    route("closure/new/", doors.closure, who=DIRECTOR, name="closure-new"),
    route("slots/", doors.times, who=HOUSE, name="house-slots"),
    route("agreements/", agreements.listing, who=SIDES, name="agreements"),
    route("agreements/new/", agreements.new, who=WRITERS, name="agreement-new"),
]
