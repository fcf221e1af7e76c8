"""Erasing a person: their own fields are emptied, the histories keep a number without a name.

Retention and the erasure somebody asked for are the same function. It may be run again at any
time, after a restored backup too. What becomes of every link to a person stands in `graph`.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from guardian.models import UserObjectPermission

from accounts.models import User
from casework.models import Absence, Concerned, Decision, Delivery, Invitation, Notice
from oversight.models import DataRequest
from volunteers.models import Attempt, MoreTime, Outcome, PersonSuspension, Volunteer

NOWHERE = "@erased.invalid"
_UNNAMED = """
    update casework_notice notice
       set "values" = replace(notice."values"::text, %s, %s)::jsonb
     where case_id = any(%s) and position(%s in notice."values"::text) > 0
"""


@transaction.atomic
def erase(people: Collection[int], at: datetime) -> int:
    """Take out everything that tells who these people are; how many were still there."""
    found = list(User.objects.select_for_update().filter(pk__in=people, erased_at=None))
    who = [person.pk for person in found]
    if not who:
        return 0
    for person in found:
        _unname_in_letters(person)
    _empty_histories(who, at)
    _delete_the_rest(who)
    _empty_the_person(who, at)
    return len(who)


def drop(rows: QuerySet[Any, Any]) -> int:
    """Delete rows that nothing points at, in one statement."""
    gone: int = rows.order_by()._raw_delete(rows.db)
    return gone


def forget_attempts(tries: QuerySet[Attempt, Any]) -> int:
    """Tries with their answers and marks."""
    gone = tries.count()
    tries.delete()
    return gone


def forget_letters(notices: QuerySet[Notice, Any]) -> int:
    """Notices with their deliveries."""
    keys = list(notices.values_list("pk", flat=True))
    drop(Delivery.objects.filter(notice__in=keys))
    return drop(Notice.objects.filter(pk__in=keys))


def _empty_histories(who: list[int], at: datetime) -> None:
    """Numbers and words about them; the facts themselves stay."""
    cases = Concerned.objects.filter(person__in=who).values("case")
    Outcome.objects.filter(volunteer__in=who).update(number_sealed=b"")
    PersonSuspension.objects.filter(volunteer__in=who).update(reason="")
    DataRequest.objects.filter(person__in=who).update(words="", wanted={})
    told = Decision.objects.filter(case__in=cases, case__kind__in=("outcome", "data_request"))
    told.filter(erased_at=None).exclude(reason="").update(reason="", erased_at=at)


def _delete_the_rest(who: list[int]) -> None:
    forget_letters(Notice.objects.filter(person__in=who))
    forget_attempts(Attempt.objects.filter(person__in=who))
    for rows in (MoreTime.objects, Invitation.objects, Absence.objects):
        drop(rows.filter(person__in=who))
    for owned in (EmailAddress.objects, Authenticator.objects, UserObjectPermission.objects):
        drop(owned.filter(user__in=who))
    drop(User.groups.through.objects.filter(user__in=who))
    drop(User.user_permissions.through.objects.filter(user__in=who))


def _empty_the_person(who: list[int], at: datetime) -> None:
    number = Cast(F("pk"), CharField())
    Volunteer.objects.filter(pk__in=who).update(born_on=None, phone="", languages=[], experience="")
    User.objects.filter(pk__in=who).update(
        email=Concat(Value("erased-"), number, Value(NOWHERE)),
        family_name="",
        given_name="",
        patronymic="",
        language="",
        password=make_password(None),
        is_active=False,
        last_login=None,
        erased_at=at,
    )


def _unname_in_letters(person: User) -> None:
    """Letters to others about this person's cases say a dash where the name was."""
    name = json.dumps(str(person), ensure_ascii=False)[1:-1]
    cases = list(Concerned.objects.filter(person=person).values_list("case", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_UNNAMED, [name, "—", cases, name])
