"""The addresses of this app and who may open them."""

from accounts.access import PUBLIC, route
from accounts.permissions import Permission
from casework.parties import holders
from oversight.views import audit, doors, late

OVERSEEING = tuple(holders(Permission.OVERSEE))
AUDITING = tuple(holders(Permission.READ_AUDIT))

urlpatterns = [
    route("late/", late.late, who=OVERSEEING, name="late"),
    route("concerns/", late.concerns, who=OVERSEEING, name="concerns"),
    route("audit/", audit.audit, who=AUDITING, name="audit"),
    route("audit/export.csv", audit.export, who=AUDITING, name="audit-export"),
    route("audit/verify/", audit.verify, who=AUDITING, name="audit-verify"),
    route("", doors.map_page, who=PUBLIC, name="home"),
    route("map/<int:oktmo>/", doors.district, who=PUBLIC, name="map-district"),
]
