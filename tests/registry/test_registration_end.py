"""A registration comes to its end: exclusion, its last ninety days, and the one after it."""

from datetime import date, datetime, timedelta

import pytest

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Parameter, Term
from casework.process import Refused
from casework.sweep import sweep
from registry import applying, queries
from registry.flows import RegistrationFlow as Flow
from registry.models import Registration
from registry.queries.applications import renewal
from tests import factories as make
from tests.registry import world
from tests.registry.applicants import NOW, ON, codes, commissioner, key, kinds, registered

pytestmark = pytest.mark.django_db


def test_exclusion_ends_the_registration_on_that_day(one: Acting, two: Acting) -> None:
    ngo = registered((one, two), NOW - timedelta(days=10))
    assert world.covers(ngo.ngo.pk, "T07", "R", ON)
    liquidated = {"code": "X4", "reason": "Ликвидация"}
    Flow.exclude(ngo.application, by=commissioner(), at=NOW, key="x", **liquidated)
    assert ngo.state() == "excluded"
    assert not world.covers(ngo.ngo.pk, "T07", "R", ON)
    assert world.covers(ngo.ngo.pk, "T07", "R", ON - timedelta(days=1))
    assert kinds()[-1] == "registration_exclude"


def test_a_registration_is_renewed_in_its_last_ninety_days(one: Acting, two: Acting) -> None:
    Parameter.objects.filter(code="registration.valid").update(value=6)
    begun = datetime(2026, 1, 15, 9, tzinfo=NOW.tzinfo)
    ngo = registered((one, two), begun)
    found = renewal(ngo.ngo.pk, begun.date())
    assert (found.starts_on, found.opens_on) == (date(2026, 7, 15), date(2026, 4, 16))
    with pytest.raises(Refused) as refused:
        applying.begin(ngo.ngo, by=ngo.head.user, at=begun + timedelta(days=90))  # type: ignore[arg-type]
    assert codes(refused) == ["early"]

    opens = Term.objects.get(name="nearing").due_at
    assert sweep(opens) == 1
    assert (ngo.state(), kinds()[-1]) == ("expiring", "registration_near_the_end")
    again = applying.begin(ngo.ngo, by=ngo.head.user, at=opens)  # type: ignore[arg-type]
    Flow.submit(again, by=ngo.head, at=opens, key="s2")
    Flow.complete(again, by=two, at=opens, key="c2")
    Flow.register(again, by=one, at=opens, key="d2", granted=[key("T01", "C")])
    second = Registration.objects.latest("pk")
    assert (second.during.lower, second.number) == (date(2026, 7, 15), "НКО-2026-0002")
    assert queries.approved_types(ngo.ngo.pk, date(2026, 7, 14)) == {
        "T01": ["C"],
        "T07": ["C", "R"],
    }
    assert queries.approved_types(ngo.ngo.pk, date(2026, 7, 15)) == {"T01": ["C"]}

    assert sweep(Term.objects.get(case=ngo.application.case, stopped_at=None).due_at) == 1
    assert (ngo.state(), kinds()[-1]) == ("expired", "registration_expire")


def test_a_registration_from_the_old_register_is_renewed_too(one: Acting) -> None:
    made = make.ngo()
    head = make.member(made.organisation, Role.HEAD)
    with pytest.raises(Refused) as refused:
        applying.begin(made, by=head, at=NOW)
    assert codes(refused) == ["early"]
    Registration.objects.filter(ngo=made).update(during=(date(2024, 1, 1), date(2026, 12, 1)))
    assert applying.begin(made, by=head, at=NOW).case.asker == made.organisation
