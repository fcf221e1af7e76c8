"""Opening pages and filling in forms, as the tests of this floor do it."""

from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from face.typography import NO_BREAK
from tests.institutions.doing import (
    TODAY,
    days,
    key,
    type_,
)


def signed_in(person: User, language: str = "en", **kept: Any) -> Client:
    """Somebody who has proved themselves twice; `kept` stands in their session."""
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.update(kept)
    session.save()
    return client


def text(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace(NO_BREAK, " ")


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        text(client.get(address))
    return len(queries)


def typed_door(cast: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    """What a director types for half open Saturdays."""
    return {
        "key": key(),
        "site": cast.site.pk,
        "level": "half",
        "from_on": TODAY.isoformat(),
        "through_on": "",
        "notice_hours": "24",
        "conditions": "Бахилы",
        "types": [type_("T01")],
        "w50-on": "on",
        "w50-begins": "11:00",
        "w50-ends": "13:00",
        "w50-people": "5",
    } | changed


def typed_closure(cast: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    return {
        "key": key(),
        "site": cast.site.pk,
        "from_on": TODAY.isoformat(),
        "through_on": (TODAY + days(9)).isoformat(),
        "act_number": "52",
        "act_on": TODAY.isoformat(),
        "reason": "Карантин",
    } | changed


def typed_offer(**changed: Any) -> dict[str, Any]:
    return {
        "key": key(),
        "types": [type_("T01")],
        "from_on": TODAY.isoformat(),
        "through_on": (TODAY + days(364)).isoformat(),
        "visits_a_week": "2",
        "people_a_visit": "5",
        "note": "",
    } | changed


def card_of(cast: SimpleNamespace) -> str:
    return f"/institutions/{cast.house.organisation.ref}/"
