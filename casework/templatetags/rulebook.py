"""Numbers of the rulebook in words."""

from django import template

from casework import rulebook, units

register = template.Library()


@register.simple_tag
def amount(value: int | str, unit: str) -> str:
    """The number with its unit; what is no number is said as it stands."""
    return units.amount(value, unit) if isinstance(value, int) else str(value)


@register.simple_tag
def source(code: str) -> str:
    """Who sets a rule."""
    return str(rulebook.SOURCES[code])


@register.simple_tag
def slug(code: str) -> str:
    """A rule's code as an address says it."""
    return rulebook.slug(code)
