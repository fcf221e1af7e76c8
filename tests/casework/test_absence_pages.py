"""The pages on which a deputy is named and an absence is noted."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.roles import ROLES_OF, OrganisationKind, Role
from casework.absences import Days, go_away, name_deputy
from casework.models import Absence
from tests import factories as make
from tests.accounts.sessions import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """A house with a director, a desk and a nurse, an NGO with a head, the Department."""
    house, ngo = make.institution(), make.ngo()
    make.department()
    made = SimpleNamespace(house=house, org=house.organisation, ngo=ngo)
    for role in (Role.DIRECTOR, Role.DESK, Role.NURSE):
        setattr(made, role, make.member(made.org, role))
    made.head = make.member(ngo.organisation, Role.HEAD)
    made.post = made.director.memberships.get()
    return made


class TestThePages:
    def dates(self, first: int = 7, last: int = 20) -> dict[str, str]:
        today = timezone.localdate()
        return {
            "from_on": (today + first * DAY).isoformat(),
            "through_on": (today + last * DAY).isoformat(),
        }

    def test_a_director_names_the_desk_from_the_list_of_members(
        self, cast: SimpleNamespace
    ) -> None:
        client = signed_in(cast.director, "mfa")
        where = f"/members/{cast.post.pk}/deputy/"
        assert where in client.get("/members/").content.decode()
        answer = client.post(where, {"deputy": cast.desk.pk, **self.dates()})
        assert answer["Location"] == "/members/"
        shown = client.get("/members/").content.decode()
        assert f"замещает: {cast.director}" in shown.replace("\u00a0", " ")

    def test_a_wrong_choice_is_said_beside_its_field(self, cast: SimpleNamespace) -> None:
        client = signed_in(cast.director, "mfa")
        where = f"/members/{cast.post.pk}/deputy/"
        typed = [
            ({}, ["deputy", "from_on", "through_on"]),
            ({"deputy": cast.head.pk, **self.dates()}, ["deputy"]),
            ({"deputy": "\x00", **self.dates()}, ["deputy"]),
            ({"deputy": 2**70, **self.dates()}, ["deputy"]),
            ({"deputy": cast.desk.pk, **self.dates(9, 8)}, ["through_on"]),
            (
                {"deputy": cast.desk.pk, "from_on": "9999-12-31", "through_on": "\x00"},
                ["from_on", "through_on"],
            ),
        ]
        found = [
            list(client.post(where, sent | {"next": ""}).context["form"].errors)
            for sent, _ in typed
        ]
        assert found == [wrong for _, wrong in typed]

    def test_a_membership_of_elsewhere_is_not_there(self, cast: SimpleNamespace) -> None:
        other = cast.head.memberships.get().pk
        client = signed_in(cast.director, "mfa")
        for pk in (other, 2**70):
            assert client.get(f"/members/{pk}/deputy/").status_code == 404

    def test_everybody_but_volunteers_notes_their_own_absence(self) -> None:
        kinds = {role: kind for kind, roles in ROLES_OF.items() for role in roles}
        opened = set()
        for role, kind in kinds.items():
            org = make.department() if kind == OrganisationKind.DEPARTMENT else None
            person = make.member(org or make.organisation(kind), role)
            if signed_in(person, "mfa").get("/members/away/").status_code == 200:
                opened.add(role)
        assert opened == set(Role) - {Role.VOLUNTEER}

    def test_the_desk_notes_days_and_takes_them_back(self, cast: SimpleNamespace) -> None:
        client = signed_in(cast.desk)
        assert client.post("/members/away/", self.dates())["Location"] == "/members/away/"
        (absence,) = client.get("/members/away/").context["away"]
        assert absence.person == cast.desk
        client.post(f"/members/away/{absence.pk}/")
        assert list(client.get("/members/away/").context["away"]) == []

    def test_a_director_notes_the_absence_of_the_desk_with_a_deputy(
        self, cast: SimpleNamespace
    ) -> None:
        sent = {"who": cast.desk.memberships.get().pk, "deputy": cast.nurse.pk, **self.dates()}
        client = signed_in(cast.director, "mfa")
        assert client.post("/members/away/", sent).status_code == 302
        absence = Absence.objects.get()
        assert absence.deputy is not None
        assert (absence.person, absence.deputy.person, absence.deputy.role) == (
            cast.desk,
            cast.nurse,
            Role.DESK,
        )

    def test_the_desk_sees_and_ends_nobody_else_s_absence(self, cast: SimpleNamespace) -> None:
        absence = go_away(
            cast.post,
            Days(timezone.localdate(), timezone.localdate() + DAY),
            by=cast.director,
            at=timezone.now(),
        )
        client = signed_in(cast.desk)
        assert list(client.get("/members/away/").context["away"]) == []
        client.post(f"/members/away/{absence.pk}/")
        assert Absence.objects.on(timezone.localdate()).exists()

    def test_a_deputy_is_asked_for_the_second_factor(self, cast: SimpleNamespace) -> None:
        today = timezone.localdate()
        deputy = name_deputy(
            cast.post, cast.desk, Days(today, today), by=cast.director, at=timezone.now()
        )
        client = signed_in(cast.desk)
        session = client.session
        session["hat"] = deputy.pk
        session.save()
        assert client.get("/members/")["Location"] == "/second-factor/"
