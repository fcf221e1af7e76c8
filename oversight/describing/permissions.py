"""The page of permissions: every address, every role, every step."""

from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import ENTERING, PUBLIC, SIGNED_IN
from accounts.permissions import NEEDS_SECOND_FACTOR, PERMISSIONS_OF, Permission
from accounts.roles import ROLES_OF, OrganisationKind, Role
from casework.process import Flow
from oversight.describing.processes import flows
from oversight.describing.words import NOTICE, table

ANYBODY = {
    PUBLIC: "anyone",
    SIGNED_IN: "whoever is signed in; what they see depends on who they are",
    ENTERING: "whoever is signed in, before the second factor",
}


def page() -> str:
    """The whole page."""
    parts = [
        "# Who may do what",
        NOTICE,
        "## Addresses",
        "Sign-in and the second factor have addresses of their library below `accounts/`. "
        "Pages that exist in a demonstration only are not listed.",
        table(("Address", "Name", "Who may open it"), _addresses()),
        "## Roles",
        "A role gives its permissions on its own organisation and nowhere else.",
        table(("Organisation", "Role", "Second factor", "Permissions"), _roles()),
        "## Steps",
        table(("Process", "Step", "By"), [row for flow in flows() for row in _steps(flow)]),
    ]
    return "\n\n".join(parts) + "\n"


def _addresses() -> list[list[str]]:
    return [
        [f"`/{where}`", f"`{pattern.name}`", _who(pattern)]
        for where, pattern in sorted(_walk(get_resolver()), key=lambda found: found[0])
    ]


def _walk(resolver: URLResolver, above: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for one in resolver.url_patterns:
        where = above + str(one.pattern)
        if isinstance(one, URLResolver):
            found += _walk(one, where)
        elif isinstance(one, URLPattern) and hasattr(one, "who") and not _of_demonstration(one):
            found.append((where, one))
    return found


def _of_demonstration(pattern: URLPattern) -> bool:
    module: str = pattern.callback.__module__
    return module.partition(".")[0] == "demo"


def _who(pattern: Any) -> str:
    if isinstance(pattern.who, str):
        return ANYBODY[pattern.who]
    return ", ".join(str(Role(role).label) for role in pattern.who)


def _roles() -> list[list[str]]:
    return [
        [
            str(OrganisationKind(kind).label),
            str(role.label),
            "needed" if role in NEEDS_SECOND_FACTOR else "",
            "; ".join(sorted(str(Permission(one).label) for one in PERMISSIONS_OF[role])) or "none",
        ]
        for kind, roles in ROLES_OF.items()
        for role in roles
    ]


def _steps(flow: type[Flow[Any]]) -> list[list[str]]:
    return [[str(flow.title), str(step.label), str(step.by.name)] for step in flow.steps.values()]
