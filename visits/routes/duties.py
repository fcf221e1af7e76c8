"""The addresses of what each party of an agreement has done and missed."""

from accounts.access import route
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import holders
from visits.views import duties

SEEING = (
    Role.DIRECTOR,
    Role.DESK,
    Role.HEAD,
    Role.COORDINATOR,
    *holders(Permission.OVERSEE),
)

urlpatterns = [
    route("duties/", duties.duties, who=SEEING, name="duties"),
    route("duties/mine/", duties.own, who=(Role.VOLUNTEER,), name="duties-own"),
    route("duties/<slug:ref>/", duties.agreement, who=SEEING, name="duties-of"),
]
