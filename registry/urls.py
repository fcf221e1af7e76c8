"""The register's addresses and who may open them."""

from accounts.access import PUBLIC, SIGNED_IN, route
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import holders
from registry.views import (
    appeals,
    catalogue,
    changes,
    documents,
    imports,
    register,
    registration,
    suspensions,
    type_changes,
)

REGISTRAR = (Role.REGISTRAR,)
KEEPERS = (Role.REGISTRAR, Role.COMMISSIONER, Role.CHIEF)
DEPARTMENT = tuple(holders(Permission.OVERSEE))
KEEPERS = (Role.REGISTRAR, Role.COMMISSIONER, Role.CHIEF)
HEAD = (Role.HEAD,)

urlpatterns = [
    route("types/", catalogue.types, who=PUBLIC, name="types"),
    route("types/changes/", type_changes.listed, who=KEEPERS, name="type-changes"),
    route("types/changes/<slug:ref>/", type_changes.change, who=DEPARTMENT, name="type-change"),
    route("types/<slug:code>/", catalogue.type_page, who=PUBLIC, name="type"),
    route(
        "types/<slug:code>/versions/<int:number>/",
        catalogue.version_page,
        who=PUBLIC,
        name="type-version",
    ),
    route("types/<slug:code>/change/", type_changes.version, who=REGISTRAR, name="type-new"),
    route("types/<slug:code>/retire/", type_changes.retire, who=REGISTRAR, name="type-retire"),
    route(
        "types/<slug:code>/procedure/",
        type_changes.procedure,
        who=REGISTRAR,
        name="type-procedure",
    ),
    route("okrugs/", catalogue.okrugs, who=PUBLIC, name="okrugs"),
    route("register/", register.register, who=PUBLIC, name="register"),
    route("register/export.csv", register.export, who=PUBLIC, name="register-export"),
    route("register/ngos/<slug:ref>/", register.ngo, who=PUBLIC, name="ngo"),
    route("register/ngos/<slug:ref>/extract/", register.extract, who=PUBLIC, name="ngo-extract"),
    route(
        "register/ngos/<slug:ref>/case/",
        registration.take_over,
        who=KEEPERS,
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
    route("application/documents/", documents.documents, who=HEAD, name="application-documents"),
    route("documents/<int:pk>/", documents.document, who=SIGNED_IN, name="document"),
    route("application/change/", changes.change, who=HEAD, name="ngo-change"),
    route("application/appeal/<slug:ref>/", appeals.appeal, who=HEAD, name="appeal-new"),
    route("registrations/", registration.registrations, who=KEEPERS, name="registrations"),
    route("suspensions/", suspensions.listed, who=REGISTRAR, name="suspensions"),
    route("suspensions/new/", suspensions.new, who=REGISTRAR, name="suspension-new"),
]
