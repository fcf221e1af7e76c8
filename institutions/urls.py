"""The addresses of this app and who may open them."""

from accounts.access import PUBLIC, SIGNED_IN, route
from accounts.roles import Role
from institutions.views import (
    agreements,
    card,
    commitments,
    doors,
    enclosures,
    handover,
    narrowing,
    needs,
    proposals,
)

DIRECTOR = (Role.DIRECTOR,)
HOUSE = (Role.DIRECTOR, Role.DESK)
SIDES = (*HOUSE, Role.HEAD, Role.COORDINATOR)
NGO = (Role.HEAD, Role.COORDINATOR)
WRITERS = (Role.HEAD, Role.DIRECTOR)

urlpatterns = [
    route("institutions/<slug:ref>/", card.card, who=PUBLIC, name="institution"),
    route("door/", doors.door, who=HOUSE, name="door"),
    route("door/new/", doors.change, who=DIRECTOR, name="door-new"),
    route("closure/new/", doors.closure, who=DIRECTOR, name="closure-new"),
    route("door/conditions/", narrowing.listed, who=HOUSE, name="narrowings"),
    route("door/conditions/new/", narrowing.new, who=DIRECTOR, name="narrowing-new"),
    route("slots/", doors.times, who=HOUSE, name="house-slots"),
    route("handover/", handover.handover, who=DIRECTOR, name="handover"),
    route("handover/<slug:ref>/", handover.pack, who=DIRECTOR, name="pack"),
    route("agreements/", agreements.listing, who=SIDES, name="agreements"),
    route("agreements/new/", agreements.new, who=WRITERS, name="agreement-new"),
    route(
        "agreements/<slug:ref>/counter/", agreements.counter, who=WRITERS, name="agreement-counter"
    ),
    route(
        "agreements/<slug:ref>/versions/",
        agreements.versions,
        who=SIGNED_IN,
        name="agreement-versions",
    ),
    route(
        "agreements/<slug:ref>/people/",
        commitments.people,
        who=SIGNED_IN,
        name="agreement-people",
    ),
    route("agreements/<slug:ref>/briefing/", commitments.brief, who=NGO, name="agreement-briefing"),
    route("needs/", needs.listing, who=PUBLIC, name="needs"),
    route("needs/mine/", needs.mine, who=HOUSE, name="needs-mine"),
    route("needs/<int:pk>/withdraw/", needs.take_back, who=HOUSE, name="need-withdraw"),
    route("proposals/", proposals.listing, who=SIDES, name="proposals"),
    route("proposals/new/", proposals.new, who=NGO, name="proposal-new"),
    route("proposals/<slug:ref>/edit/", proposals.edit, who=NGO, name="proposal-edit"),
    route(
        "proposals/<slug:ref>/documents/", enclosures.documents, who=NGO, name="proposal-documents"
    ),
    route(
        "proposals/documents/<int:pk>/",
        enclosures.document,
        who=SIGNED_IN,
        name="proposal-document",
    ),
]
