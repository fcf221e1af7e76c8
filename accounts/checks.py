"""What must be set before the product serves real people."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def indexes_have_a_key_of_their_own(**_: Any) -> list[CheckMessage]:
    """Otherwise a new secret for the product would find nobody again who was barred."""
    if settings.OPEN_DOORS_INDEX_KEY:
        return []
    text = "Blind indexes use the product's secret: they find nothing once it has changed."
    return [Warning(text, hint="Set OPEN_DOORS_INDEX_KEY, for good.", id="accounts.W001")]
