"""Somebody's consent, and their request to have something about them corrected."""

from types import SimpleNamespace

from oversight import services
from oversight.models import Asked
from tests import factories
from tests.visits import receiving as make
from volunteers.models import Outcome


def ask(cast: SimpleNamespace) -> None:
    """Maria’s family name has changed; her consent holds."""
    person = cast.maria.person
    cast.data = services.ask_about_data(
        person,
        Asked.CORRECT,
        by=factories.acting(person, make.TODAY),
        at=make.NOON,
        key=make.key(),
        words="Вышла замуж; свидетельство могу показать.",
        wanted={"family_name": "Ёлкина"},
    )
    consents = Outcome.objects.filter(volunteer=person, requirement__code="consent", counts=True)
    cast.consent = consents.select_related("case").get()
