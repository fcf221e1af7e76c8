"""The addresses of the receiving side, and of telling the Department."""

from accounts.access import SIGNED_IN, route
from accounts.roles import Role
from visits.views import concerns, desk, gate

DESK = (Role.DIRECTOR, Role.DESK)
DOOR = (Role.GATE, Role.DESK, Role.DIRECTOR)

urlpatterns = [
    route("requests/", desk.queue, who=DESK, name="requests"),
    route("requests/review/", desk.review, who=DESK, name="requests-review"),
    route("requests/<slug:ref>/", desk.decision, who=DESK, name="request"),
    route("requests/<slug:ref>/check/", desk.check, who=DESK, name="request-check"),
    route("requests/<slug:ref>/sent/", desk.sent, who=DESK, name="request-sent"),
    route("gate/", gate.screen, who=DOOR, name="gate"),
    route("gate/sheet/", gate.sheet, who=DOOR, name="gate-sheet"),
    route("gate/<int:pk>/in/", gate.enter, who=DOOR, name="gate-in"),
    route("gate/<int:pk>/out/", gate.leave, who=DOOR, name="gate-out"),
    route("gate/<int:pk>/refuse/", gate.refuse, who=DOOR, name="gate-refuse"),
    route("tell/", concerns.tell, who=SIGNED_IN, name="tell"),
    route("tell/mine/", concerns.mine, who=SIGNED_IN, name="told-mine"),
    route("tell/<slug:ref>/", concerns.told, who=SIGNED_IN, name="told"),
]
