"""Whoever asks: finding a time, booking, one's own visits."""

from accounts.access import SIGNED_IN, route
from accounts.roles import Role
from visits.views import book, booking, mine, search

ASKING = (Role.VOLUNTEER, Role.COORDINATOR, Role.HEAD)
CONFIRMING = (Role.COORDINATOR, Role.HEAD)

urlpatterns = [
    route("visits/", mine.mine, who=ASKING, name="visits"),
    route("visits/find/", search.find, who=ASKING, name="visits-find"),
    route("visits/slots/<slug:ref>/", search.slots, who=ASKING, name="visits-slots"),
    route("visits/new/<int:number>/", booking.new, who=ASKING, name="visit-new"),
    route("visits/book/", book.book, who=(Role.VOLUNTEER,), name="book"),
    route("visits/book/<slug:ref>/", book.certificate, who=(Role.VOLUNTEER,), name="certificate"),
    route("visits/hours.csv", book.table, who=CONFIRMING, name="hours-table"),
    route("visits/<slug:ref>/", mine.visit, who=SIGNED_IN, name="visit"),
    route("visits/<slug:ref>/pass/", mine.visit_pass, who=SIGNED_IN, name="visit-pass"),
    route("visits/<slug:ref>/visit.ics", mine.calendar, who=SIGNED_IN, name="visit-calendar"),
    route("visits/<slug:ref>/hours/", mine.hours, who=CONFIRMING, name="visit-hours"),
]
