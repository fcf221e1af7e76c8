"""Addresses of casework: cases and their steps, notices, members, how a date is counted."""

from accounts.access import PUBLIC, SIGNED_IN, route
from accounts.permissions import Permission
from casework.parties import holders
from casework.views import case, count, inbox, invitations, members

INVITING = tuple(holders(Permission.INVITE))

urlpatterns = [
    route("calendar/", count.count, who=PUBLIC, name="calendar"),
    route("cases/<slug:ref>/", case.case_page, who=SIGNED_IN, name="case"),
    route("cases/<slug:ref>/<slug:step>/", case.step_page, who=SIGNED_IN, name="step"),
    route("invitation/", invitations.invitation, who=PUBLIC, name="invitation"),
    route("invitations/<slug:token>/", invitations.link, who=PUBLIC, name="invitation_link"),
    route("members/", members.members, who=INVITING, name="members"),
    route("members/<int:pk>/end/", members.end, who=INVITING, name="member_end"),
    route("members/invitations/<int:pk>/", members.withdraw, who=INVITING, name="withdraw"),
    route("notices/", inbox.inbox, who=SIGNED_IN, name="notices"),
]
