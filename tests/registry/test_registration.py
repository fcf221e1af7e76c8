"""Registering an NGO, from the first draft to the end of the registration."""

from datetime import date, datetime, timedelta

import pytest

from accounts.hats import Acting
from accounts.models import Organisation
from accounts.roles import Role
from casework.models import Case, Decision, Notice, Parameter, Term
from casework.process import Refused
from casework.queries import cases_visible_to
from casework.sweep import sweep
from registry import applying, queries
from registry.flows import RegistrationFlow as Flow
from registry.models import Approved, Ngo, Registration, TypeVersion
from registry.queries.applications import fitting, open_application, renewal
from tests import factories as make
from tests.registry.applicants import (
    NOW,
    ON,
    Applicant,
    applicant,
    full_draft,
    key,
    pair,
    registered,
    registrar,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Acting:
    return registrar()


@pytest.fixture
def two() -> Acting:
    return registrar()


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Applicant:
    return applicant()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


def kinds() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def in_review(ngo: Applicant, by: Acting) -> None:
    ngo.submit()
    Flow.complete(ngo.application, by=by, at=NOW, key="complete")


# The draft.


def test_an_ngo_has_one_open_application(ngo: Applicant) -> None:
    with pytest.raises(Refused) as refused:
        applying.begin(ngo.ngo, by=ngo.head.user, at=NOW)  # type: ignore[arg-type]
    assert codes(refused) == ["open"]


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


# The decision.


def test_whoever_checked_does_not_decide(ngo: Applicant, one: Acting) -> None:
    in_review(ngo, one)
    with pytest.raises(Refused) as refused:
        Flow.register(ngo.application, by=one, at=NOW, key="d", granted=[key("T01", "C")])
    assert codes(refused) == ["four_eyes"]
    with pytest.raises(Refused) as refused:
        Flow.refuse(ngo.application, by=one, at=NOW, key="d", reason="Нет")
    assert codes(refused) == ["four_eyes"]


def test_a_registration_names_types_kinds_a_number_and_three_years(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    in_review(ngo, one)
    granted = [key("T01", "C"), key("T07", "R")]
    Flow.register(ngo.application, by=two, at=NOW, key="d", granted=granted)
    registration = Registration.objects.get(ngo=ngo.ngo)
    assert registration.number == "НКО-2026-0001"
    assert (registration.during.lower, registration.during.upper) == (ON, date(2029, 11, 2))
    pairs = Approved.objects.values_list("type__code", "kind__code").order_by("type__code")
    assert list(pairs) == [("T01", "C"), ("T07", "R")]
    assert queries.approved_types(ngo.ngo.pk, ON) == {"T01": ["C"], "T07": ["R"]}
    assert kinds()[-1] == "registration_register"
    assert Decision.objects.filter(settles=True).count() == 1


@pytest.mark.parametrize(
    ("granted", "why"), [([], ["granted"]), ([("T05", "C")], ["more"]), ([("T99", "C")], ["more"])]
)
def test_nothing_is_granted_that_was_not_asked_for(
    ngo: Applicant, one: Acting, two: Acting, granted: list[tuple[str, str]], why: list[str]
) -> None:
    in_review(ngo, one)
    asked = ["x-y" if code == "T99" else key(code, kind) for code, kind in granted]
    with pytest.raises(Refused) as refused:
        Flow.register(ngo.application, by=two, at=NOW, key="d", granted=asked)
    assert codes(refused) == why


def test_a_refusal_ends_the_application_and_the_next_begins_with_its_words(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    in_review(ngo, one)
    Flow.refuse(ngo.application, by=two, at=NOW, key="d", reason="Мало опыта")
    assert ngo.state() == "refused"
    again = applying.begin(ngo.ngo, by=ngo.head.user, at=NOW)  # type: ignore[arg-type]
    again.refresh_from_db()
    assert applying.said(again) == applying.said(ngo.application)


def test_the_head_withdraws_until_it_is_decided(ngo: Applicant, one: Acting) -> None:
    in_review(ngo, one)
    Flow.withdraw(ngo.application, by=ngo.head, at=NOW, key="w")
    assert ngo.state() == "withdrawn"


@pytest.mark.parametrize(
    ("stage", "step", "days"),
    [("submitted", "escalate_check", 5), ("review", "escalate_review", 10)],
)
def test_silence_is_told_once_per_term(
    ngo: Applicant, one: Acting, stage: str, step: str, days: int
) -> None:
    early = NOW - timedelta(days=40)
    ngo.submit(early)
    if stage == "review":
        Flow.complete(ngo.application, by=one, at=early, key="complete")
    term = Term.objects.get(stopped_at=None)
    assert term.days == days
    assert [sweep(term.due_at), sweep(term.due_at), sweep(NOW)] == [1, 0, 0]
    assert ngo.state() == stage
    assert Decision.objects.filter(step=step, actor=None).count() == 1


# Who may not.


def test_a_head_who_is_a_registrar_too_does_not_decide_on_their_own(ngo: Applicant) -> None:
    ngo.submit()
    make.member(make.department(), Role.REGISTRAR, who=ngo.head.user)  # type: ignore[arg-type]
    both = make.acting(ngo.head.user, role=Role.REGISTRAR)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        Flow.complete(ngo.application, by=both, at=NOW, key="c")
    assert codes(refused) == ["own_case"]


def test_another_ngos_head_sees_nothing(ngo: Applicant) -> None:
    ngo.submit()
    other = applicant("Другие", 2)
    assert list(cases_visible_to(other.head)) == [other.application.case]


# The end of a registration.


def test_exclusion_ends_the_registration_on_that_day(one: Acting, two: Acting) -> None:
    ngo = registered((one, two), NOW - timedelta(days=10))
    assert queries.covers(ngo.ngo.pk, "T07", "R", ON)
    Flow.exclude(ngo.application, by=one, at=NOW, key="x", reason="Ликвидация")
    assert ngo.state() == "excluded"
    assert not queries.covers(ngo.ngo.pk, "T07", "R", ON)
    assert queries.covers(ngo.ngo.pk, "T07", "R", ON - timedelta(days=1))
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


# Coming in.

ABOUT = applying.About(
    name="Благотворительный фонд «Рядом»",
    short_name="БФ «Рядом»",
    ogrn="1157799090019",
    inn="7799900013",
    form="фонд",
    head_name="Анна Рябова",
)


def test_a_new_ngo_comes_in_and_its_head_is_invited() -> None:
    sent = applying.come_in(ABOUT, "Anna@example.org", at=NOW)
    organisation = Organisation.objects.get(ogrn="1157799090019")
    assert (sent.email, sent.role, sent.organisation) == ("anna@example.org", "head", organisation)
    assert sent.invited_by is None
    assert organisation.ref == "ngo-1157799090019"
    assert kinds() == ["invitation"]


def test_an_applicant_is_not_shown_to_the_public_before_it_is_registered(
    one: Acting, two: Acting
) -> None:
    applying.come_in(ABOUT, "anna@example.org", at=NOW)
    assert not Ngo.objects.public().exists()
    assert queries.ngo_card("ngo-1157799090019", ON) is None
    ngo = registered((one, two))
    assert list(Ngo.objects.public()) == [ngo.ngo]


def test_an_ngo_of_the_register_does_not_come_in_twice() -> None:
    known = make.ngo("Фонд")
    Organisation.objects.filter(pk=known.pk).update(ogrn=ABOUT.ogrn)
    with pytest.raises(Refused) as refused:
        applying.come_in(ABOUT, "anna@example.org", at=NOW)
    assert codes(refused) == ["registered"]
    assert [one.field for one in refused.value.objections] == ["ogrn"]


def test_an_institutions_number_is_not_an_ngos() -> None:
    house = make.institution()
    Organisation.objects.filter(pk=house.pk).update(ogrn=ABOUT.ogrn)
    with pytest.raises(Refused) as refused:
        applying.come_in(ABOUT, "anna@example.org", at=NOW)
    assert codes(refused) == ["institution"]


def test_a_mistyped_address_locks_nobody_out() -> None:
    applying.come_in(ABOUT, "ana@example.org", at=NOW)
    with pytest.raises(Refused) as refused:
        applying.come_in(ABOUT, "anna@example.org", at=NOW)
    assert codes(refused) == ["invited"]
    later = NOW + timedelta(hours=73)
    again = applying.come_in(ABOUT, "anna@example.org", at=later)
    assert again.email == "anna@example.org"
    assert Organisation.objects.filter(ogrn=ABOUT.ogrn).count() == 1


def test_an_applicant_mends_its_names_until_it_is_registered(
    ngo: Applicant, one: Acting, two: Acting
) -> None:
    applying.save(ngo.application, full_draft(), ABOUT)
    ngo.ngo.organisation.refresh_from_db()
    assert ngo.ngo.organisation.name == ABOUT.name
    in_review(ngo, one)
    Flow.register(ngo.application, by=two, at=NOW, key="d", granted=[key("T01", "C")])
    assert not applying.may_rename(ngo.ngo)


def test_without_a_department_nobody_applies() -> None:
    made = Ngo.objects.create(organisation=make.organisation("ngo"))
    with pytest.raises(Refused) as refused:
        applying.begin(made, by=make.person(), at=NOW)
    assert codes(refused) == ["department"]
    assert not Case.objects.exists()
