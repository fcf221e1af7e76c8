"""An application on its way: the draft, the formal check, defects and their mending."""

from datetime import timedelta

import pytest

from accounts.hats import Acting
from accounts.roles import Role
from casework.models import Case, Notice, Term
from casework.process import Refused
from casework.queries import cases_visible_to
from casework.sweep import sweep
from registry import applying
from registry.flows import RegistrationFlow as Flow
from registry.models import Ngo, TypeVersion
from registry.queries.applications import fitting, open_application
from tests import factories as make
from tests.registry.applicants import (
    NOW,
    ON,
    Applicant,
    applicant,
    codes,
    full_draft,
    kinds,
    pair,
)

pytestmark = pytest.mark.django_db


# The draft.


def test_an_ngo_has_one_open_application(ngo: Applicant) -> None:
    with pytest.raises(Refused) as refused:
        applying.begin(ngo.ngo, by=ngo.head.user, at=NOW)  # type: ignore[arg-type]
    assert codes(refused) == ["open"]


def test_without_a_department_nobody_applies() -> None:
    made = Ngo.objects.create(organisation=make.organisation("ngo"))
    with pytest.raises(Refused) as refused:
        applying.begin(made, by=make.person(), at=NOW)
    assert codes(refused) == ["department"]
    assert not Case.objects.exists()


def test_an_empty_draft_is_kept_but_not_sent(ngo: Applicant) -> None:
    applying.save(ngo.application, applying.Draft("", "", "", []))
    with pytest.raises(Refused) as refused:
        ngo.submit()
    assert codes(refused) == ["experience", "safeguarding", "preparation", "types"]
    assert ngo.state() == "draft"


def test_a_pair_the_catalogue_no_longer_allows_is_not_sent(ngo: Applicant) -> None:
    version = TypeVersion.objects.get(type__code="T07")
    version.kinds.remove(*version.kinds.filter(code="R"))
    with pytest.raises(Refused) as refused:
        ngo.submit()
    assert codes(refused) == ["impossible"]


def test_what_can_be_asked_for_is_what_the_catalogue_allows() -> None:
    allowed = {pair for row in fitting(ON) for pair, _ in row.pairs}
    expected = TypeVersion.objects.in_force(ON).values_list("type_id", "kinds")
    assert allowed == {f"{type_id}-{kind_id}" for type_id, kind_id in expected}


def test_what_was_sent_is_not_changed(ngo: Applicant) -> None:
    ngo.submit()
    with pytest.raises(Refused) as refused:
        applying.save(ngo.application, full_draft())
    assert codes(refused) == ["changed"]


def test_another_ngos_head_sees_nothing(ngo: Applicant) -> None:
    ngo.submit()
    other = applicant("Другие", 2)
    assert list(cases_visible_to(other.head)) == [other.application.case]


# The formal check.


def test_the_registrars_and_the_ngo_hear_of_a_new_application(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    coordinator = make.member(ngo.ngo.organisation, Role.COORDINATOR)
    ngo.submit()
    told = set(Notice.objects.values_list("kind", "person"))
    people = (one.user.pk, two.user.pk, coordinator.pk)
    assert told == {("registration_submit", person) for person in people}


def test_defects_are_named_once_from_one_list(ngo: Applicant, one: Acting) -> None:
    ngo.submit()
    Flow.return_(
        ngo.application, by=one, at=NOW, key="r1", defects=["D3", "D5"], reason="Нет правил"
    )
    ngo.application.refresh_from_db()
    assert (ngo.state(), ngo.application.defects) == ("returned", ["D3", "D5"])
    ngo.submit(key="again")
    with pytest.raises(Refused) as refused:
        Flow.return_(ngo.application, by=one, at=NOW, key="r2", defects=["D1"], reason="Ещё")
    assert codes(refused) == ["once"]
    assert ngo.state() == "submitted"


def test_a_returned_application_can_be_mended(ngo: Applicant, one: Acting) -> None:
    ngo.submit()
    Flow.return_(ngo.application, by=one, at=NOW, key="r1", defects=["D3"], reason="Нет правил")
    mended = applying.Draft("Опыт", "Правила на 12 страниц", "Курс", [pair("T01", "C")])
    applying.save(ngo.application, mended)
    ngo.submit(key="again")
    ngo.application.refresh_from_db()
    assert applying.said(ngo.application) == mended
    assert ngo.state() == "submitted"


def test_defects_that_are_not_mended_let_the_application_lapse(ngo: Applicant, one: Acting) -> None:
    long_ago = NOW - timedelta(days=60)
    ngo.submit(long_ago)
    Flow.return_(ngo.application, by=one, at=long_ago, key="r", defects=["D1"], reason="ОГРН")
    term = Term.objects.get(stopped_at=None)
    assert (term.name, term.days, term.unit) == ("mending", 20, "wd")
    assert sweep(term.due_at) == 1
    assert ngo.state() == "lapsed"
    assert open_application(ngo.ngo) is None
    assert kinds()[-1] == "registration_lapse"
