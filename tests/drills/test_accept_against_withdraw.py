"""Two people move one case at the same instant: one step is taken, the other is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import QuerySet

from accounts.roles import Role
from casework.engine import open_case
from casework.models import Case, Decision
from registry.flows import RegistrationFlow
from registry.models import Application, Kind, Ngo, Type, Wanted
from tests import factories as make
from tests.drills.racing import together
from tests.uploads import hand_in

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ROUNDS = 20


def submitted(number: int) -> tuple[Application, Any]:
    organisation = make.organisation("ngo")
    organisation.ogrn, organisation.inn = None, "7799900020"
    organisation.save()
    head = make.acting(make.member(organisation, Role.HEAD))
    case = open_case(
        RegistrationFlow, owner=make.department(), asker=organisation, at=NOW, by=head.user
    )
    ngo = Ngo.objects.create(organisation=organisation)
    application = Application.objects.create(
        case=case, ngo=ngo, experience="да", safeguarding="да", preparation="да"
    )
    Wanted.objects.create(
        application=application, type=Type.objects.get(code="T01"), kind=Kind.objects.get(code="C")
    )
    type(organisation).objects.filter(pk=organisation.pk).update(ogrn="1157799090020")
    application.refresh_from_db()
    hand_in(application, head.user, NOW)
    RegistrationFlow.submit(application, by=head, at=NOW, key=f"submit-{number}")
    type(organisation).objects.filter(pk=organisation.pk).update(ogrn=None)
    return application, head


def race(number: int, registrar: Any) -> tuple[list[str], int]:
    application, head = submitted(number)
    seen = Case.objects.get(pk=application.pk).version
    taken = {"at": NOW, "seen": seen}
    outcomes = together(
        [
            lambda: RegistrationFlow.complete(application, by=registrar, key=f"c{number}", **taken),
            lambda: RegistrationFlow.withdraw(application, by=head, key=f"w{number}", **taken),
        ]
    )
    moves = Decision.objects.filter(case=application.pk, before="submitted").count()
    return outcomes, moves


def test_one_of_the_two_is_taken_every_time(clone: str) -> None:
    registrar = make.acting(make.registrar())
    for number in range(ROUNDS):
        outcomes, moves = race(number, registrar)
        assert sorted(outcomes) == ["changed", "done"]
        assert moves == 1


def test_the_race_can_see_what_goes_wrong_without_the_lock(
    clone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof that the test above can fail: with the lock taken out both steps are taken."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    registrar = make.acting(make.registrar())
    assert any(race(number, registrar)[1] == 2 for number in range(ROUNDS))
