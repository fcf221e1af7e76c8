"""Addresses of casework: cases and their steps, notices, members, how a date is counted."""

from accounts.access import PUBLIC, SIGNED_IN, route
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import holders
from casework.views import (
    absences,
    calendar,
    case,
    count,
    files,
    inbox,
    invitations,
    members,
    papers,
    rules,
    term,
    verify,
)

INVITING = tuple(holders(Permission.INVITE))
STAFF = tuple(role for role in Role if role != Role.VOLUNTEER)

urlpatterns = [
    route("calendar/", count.count, who=PUBLIC, name="calendar"),
    route("calendar/<int:year>/", calendar.year_page, who=PUBLIC, name="calendar-year"),
    route(
        "calendar/<int:year>/change/",
        calendar.propose,
        who=calendar.PROPOSERS,
        name="calendar-propose",
    ),
    route(
        "calendar/changes/<slug:ref>/",
        calendar.change,
        who=calendar.PROPOSERS,
        name="calendar-change",
    ),
    route("cases/<slug:ref>/", case.case_page, who=SIGNED_IN, name="case"),
    route("cases/<slug:ref>/<slug:step>/", case.step_page, who=SIGNED_IN, name="step"),
    route("extracts/<slug:code>/", papers.extract, who=PUBLIC, name="extract"),
    route("files/<slug:token>/", files.give, who=SIGNED_IN, name="file"),
    route("invitation/", invitations.invitation, who=PUBLIC, name="invitation"),
    route("invitations/<slug:token>/", invitations.link, who=PUBLIC, name="invitation_link"),
    route("members/", members.members, who=INVITING, name="members"),
    route("members/<int:pk>/end/", members.end, who=INVITING, name="member_end"),
    route("members/<int:pk>/deputy/", absences.deputy, who=INVITING, name="deputy"),
    route("members/away/", absences.away, who=STAFF, name="away"),
    route("members/away/<int:pk>/", absences.back, who=STAFF, name="back"),
    route("members/invitations/<int:pk>/", members.withdraw, who=INVITING, name="withdraw"),
    route("rules/", rules.rules_page, who=PUBLIC, name="rules"),
    route("rules/<slug:code>/", rules.change, who=rules.PROPOSERS, name="rule-change"),
    route("notices/", inbox.inbox, who=SIGNED_IN, name="notices"),
    route("papers/<slug:code>/", papers.paper, who=SIGNED_IN, name="paper"),
    route("terms/<int:pk>/", term.term, who=SIGNED_IN, name="term"),
    route("verify/", verify.ask, who=PUBLIC, name="verify"),
    # As it stands on the paper, and as every other address ends.
    route("verify/<slug:code>", verify.answer, who=PUBLIC, name="verify-paper"),
    route("verify/<slug:code>/", verify.answer, who=PUBLIC, name="verify-code"),
]
