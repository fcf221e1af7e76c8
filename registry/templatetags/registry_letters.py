"""What letters about registrations and suspensions say in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.models import Contested, Defect, TypeVersion

register = template.Library()


@register.filter
def defects_named(codes: Iterable[str]) -> str:
    """The coded defects, one a line."""
    return "\n".join(f"— {Defect(code).label}" for code in codes)


@register.filter
def types_named(codes: Iterable[str]) -> str:
    """Types of interaction, one a line: the code and the name."""
    names = _names(codes)
    return "\n".join(f"— {code} {names.get(code, '')}".strip() for code in codes)


@register.filter
def contested_named(what: str) -> str:
    """What an appeal is against."""
    return str(dict(Contested.choices).get(what, what))


@register.filter
def in_words(on: date | str) -> str:
    """A day without its weekday, as it stands after "from" and "through"; an ISO text is read."""
    return date_format(date.fromisoformat(on) if isinstance(on, str) else on, "j E Y")


@register.simple_tag(takes_context=True)
def the_suspension(context: Mapping[str, Any]) -> str:
    """What is held back, where, for how long and on what ground."""
    code, institution = context["type"], context["institution"]
    what = _("all types of interaction")
    if code:
        what = f"{code} {_names([code]).get(code, '')}".strip()
    period = {"first": in_words(context["from_on"]), "last": in_words(context["through_on"])}
    lines = [
        _("Suspended: %(what)s") % {"what": what},
        _("Institutions: %(where)s") % {"where": institution or _("all of them")},
        _("Period: from %(first)s through %(last)s") % period,
        _("Ground: %(ground)s") % {"ground": context["ground"]},
        _("Case: %(ref)s") % {"ref": context["ref"]},
    ]
    return "\n".join(lines)


def _names(codes: Iterable[str]) -> dict[str, str]:
    versions = TypeVersion.objects.filter(type__code__in=list(codes)).select_related("type")
    return {version.type.code: version.name for version in versions.order_by("number")}
