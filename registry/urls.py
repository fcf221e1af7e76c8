"""The register's addresses and who may open them."""

from accounts.access import PUBLIC, route
from accounts.roles import Role
from registry.views import catalogue, imports, register, registration, suspensions

REGISTRAR = (Role.REGISTRAR,)
HEAD = (Role.HEAD,)

urlpatterns = [
    route("types/", catalogue.types, who=PUBLIC, name="types"),
    route("types/<slug:code>/", catalogue.type_page, who=PUBLIC, name="type"),
    route("okrugs/", catalogue.okrugs, who=PUBLIC, name="okrugs"),
    route("register/", register.register, who=PUBLIC, name="register"),
    route("register/export.csv", register.export, who=PUBLIC, name="register-export"),
    route("register/ngos/<slug:ref>/", register.ngo, who=PUBLIC, name="ngo"),
    route(
        "register/ngos/<slug:ref>/case/",
        registration.take_over,
        who=REGISTRAR,
        name="registration-case",
    ),
    route("register/import/", imports.upload, who=REGISTRAR, name="register-import"),
    route(
        "register/import/<int:number>/", imports.batch, who=REGISTRAR, name="register-import-batch"
    ),
    route(
        "register/import/<int:number>/apply/",
        imports.apply,
        who=REGISTRAR,
        name="register-import-apply",
    ),
    route(
        "register/import/<int:number>/rejected.csv",
        imports.rejected,
        who=REGISTRAR,
        name="register-import-rejected",
    ),
    route("register/apply/", registration.come_in, who=PUBLIC, name="ngo-come-in"),
    route("register/apply/sent/", registration.came_in, who=PUBLIC, name="ngo-came-in"),
    route("application/", registration.application, who=HEAD, name="application"),
    route("application/begin/", registration.begin, who=HEAD, name="application-begin"),
    route("application/check/", registration.check, who=HEAD, name="application-check"),
    route("registrations/", registration.registrations, who=REGISTRAR, name="registrations"),
    route("suspensions/", suspensions.listed, who=REGISTRAR, name="suspensions"),
    route("suspensions/new/", suspensions.new, who=REGISTRAR, name="suspension-new"),
]
