"""The addresses of this app and who may open them."""

from accounts.access import PUBLIC, SIGNED_IN, route
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import holders
from volunteers.views import (
    bank,
    barring,
    clearance,
    imports,
    more_time,
    people,
    record,
    requirements,
    test,
    vetting,
)

LEADING = (Role.HEAD, Role.COORDINATOR)
CHECKING = (Role.CHECKER,)
HOUSE = (Role.DIRECTOR, Role.DESK)
REGISTRAR = (Role.REGISTRAR,)
DEPARTMENT = tuple(holders(Permission.OVERSEE))

urlpatterns = [
    route("test/", test.overview, who=SIGNED_IN, name="test"),
    route("test/start/", test.start, who=SIGNED_IN, name="test-start"),
    route("test/<int:n>/", test.question, who=SIGNED_IN, name="test-question"),
    route("test/check/", test.check, who=SIGNED_IN, name="test-check"),
    route("test/result/<int:attempt>/", test.result, who=SIGNED_IN, name="test-result"),
    route("clearance/", clearance.mine, who=SIGNED_IN, name="clearance"),
    route("clearance/<slug:code>/", clearance.agree, who=SIGNED_IN, name="agree"),
    route("people/", people.people, who=LEADING, name="people"),
    route("people/export.csv", people.export, who=LEADING, name="people-export"),
    route("people/import/", imports.upload, who=LEADING, name="people-import"),
    route("people/import/<int:number>/", imports.batch, who=LEADING, name="people-import-batch"),
    route(
        "people/import/<int:number>/apply/",
        imports.apply,
        who=LEADING,
        name="people-import-apply",
    ),
    route(
        "people/import/<int:number>/rejected.csv",
        imports.rejected,
        who=LEADING,
        name="people-import-rejected",
    ),
    route(
        "people/<int:person>/",
        people.person,
        who=(*LEADING, *CHECKING, Role.VOLUNTEER),
        name="person",
    ),
    route(
        "people/<int:person>/record/",
        record.record,
        who=(*LEADING, *CHECKING, *HOUSE),
        name="person-record",
    ),
    route("requirements/", requirements.listed, who=PUBLIC, name="requirements"),
    route("requirements/new/", requirements.new, who=REGISTRAR, name="requirement-new"),
    route(
        "requirements/changes/<slug:ref>/",
        requirements.change_page,
        who=DEPARTMENT,
        name="requirement-change",
    ),
    route(
        "requirements/<slug:code>/change/",
        requirements.change,
        who=REGISTRAR,
        name="requirement-changed",
    ),
    route(
        "people/<int:person>/more-time/",
        more_time.more_time,
        who=LEADING,
        name="person-more-time",
    ),
    route(
        "people/<int:person>/suspend/",
        barring.suspend,
        who=(*LEADING, *CHECKING),
        name="person-suspend",
    ),
    route(
        "people/<int:person>/bar/",
        barring.bar,
        who=(Role.HEAD, Role.DIRECTOR, *CHECKING),
        name="person-bar",
    ),
    route("bars/", barring.listed, who=CHECKING, name="bars"),
    route("bars/<slug:ref>/", barring.likeness, who=CHECKING, name="likeness"),
    route("vetting/", vetting.queue, who=CHECKING, name="vetting"),
    route("vetting/<slug:ref>/", vetting.second, who=CHECKING, name="second-opinion"),
    route("bank/", bank.questions, who=CHECKING, name="bank"),
    route("bank/new/", bank.new, who=CHECKING, name="question-new"),
    route("bank/changes/<slug:ref>/", bank.change, who=CHECKING, name="question-change"),
    route("bank/<slug:code>/", bank.question, who=CHECKING, name="question"),
    route("bank/<slug:code>/version/", bank.version, who=CHECKING, name="question-version"),
    route("bank/<slug:code>/retire/", bank.retire, who=CHECKING, name="question-retire"),
]
