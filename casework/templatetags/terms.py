"""Clocks in words."""

from django import template

from casework.clocks import label_of

register = template.Library()


@register.simple_tag
def clock(kind: str, name: str) -> str:
    """What a clock of a process is called, in the reader's language."""
    return str(label_of(kind, name))
