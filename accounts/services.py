"""Changes to a person: they come in for the first time, they choose a language."""

from allauth.account.models import EmailAddress

from accounts.models import User


def come_in(
    person: User, *, family_name: str, given_name: str, patronymic: str, password: str
) -> None:
    """Names and password of somebody who opened a link sent to their address: it is theirs."""
    person.family_name, person.given_name = family_name, given_name
    person.patronymic = patronymic
    person.set_password(password)
    person.save(update_fields=["family_name", "given_name", "patronymic", "password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def speak(person: User, language: str) -> None:
    """Pages and letters come to this person in this language from now on."""
    person.language = language
    person.save(update_fields=["language"])
