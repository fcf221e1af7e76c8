"""The addresses of this app and who may open them."""

from accounts.access import SIGNED_IN, route
from accounts.roles import Role
from volunteers.views import clearance, imports, people, record, test, vetting

LEADING = (Role.HEAD, Role.COORDINATOR)
CHECKING = (Role.CHECKER,)
HOUSE = (Role.DIRECTOR, Role.DESK)

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
    route("vetting/", vetting.queue, who=CHECKING, name="vetting"),
    route("vetting/<slug:ref>/", vetting.second, who=CHECKING, name="second-opinion"),
]
