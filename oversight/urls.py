"""The addresses of this app and who may open them."""

from accounts.access import PUBLIC, SIGNED_IN, route
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import holders
from oversight.views import audit, doors, late, mydata, unattended

OVERSEEING = tuple(holders(Permission.OVERSEE))
# The Department, and whoever leads the organisation whose move it is.
LEADING = (*OVERSEEING, Role.DIRECTOR, Role.HEAD)
AUDITING = tuple(holders(Permission.READ_AUDIT))

urlpatterns = [
    route("late/", late.late, who=OVERSEEING, name="late"),
    route("concerns/", late.concerns, who=OVERSEEING, name="concerns"),
    route("data-requests/", mydata.requests, who=(Role.CHECKER,), name="data-requests"),
    route("reviews/", late.reviews, who=OVERSEEING, name="reviews"),
    route("unattended/", unattended.unattended, who=LEADING, name="unattended"),
    route("unattended/<slug:ref>/", unattended.hand_on, who=OVERSEEING, name="hand-on"),
    route("audit/", audit.audit, who=AUDITING, name="audit"),
    route("audit/export.csv", audit.export, who=AUDITING, name="audit-export"),
    route("audit/verify/", audit.verify, who=AUDITING, name="audit-verify"),
    route("me/data/", mydata.data, who=SIGNED_IN, name="my-data"),
    route("me/data/copy/", mydata.copy, who=SIGNED_IN, name="my-data-copy"),
    route("me/data/correct/", mydata.correct, who=SIGNED_IN, name="my-data-correct"),
    route("me/data/erase/", mydata.erase, who=SIGNED_IN, name="my-data-erase"),
    route("me/data/consents/<slug:ref>/", mydata.consent, who=SIGNED_IN, name="my-data-consent"),
    route("", doors.map_page, who=PUBLIC, name="home"),
    route("map/<int:oktmo>/", doors.district, who=PUBLIC, name="map-district"),
]
