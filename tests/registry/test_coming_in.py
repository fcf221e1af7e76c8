"""An NGO that nobody knows comes in: its head is invited, and its names are its own to mend."""

from datetime import timedelta

import pytest

from accounts.hats import Acting
from accounts.models import Organisation
from casework.process import Refused
from registry import applying, queries
from registry.flows import RegistrationFlow as Flow
from registry.models import Ngo
from tests import factories as make
from tests.registry.applicants import (
    NOW,
    ON,
    Applicant,
    codes,
    full_draft,
    in_review,
    key,
    kinds,
    registered,
)

pytestmark = pytest.mark.django_db
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
