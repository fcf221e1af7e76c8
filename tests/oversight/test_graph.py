"""Every link to a person says what becomes of it when their data are erased."""

from django.apps import apps

from accounts.models import User
from oversight.keeping.graph import LINKS, Fate
from oversight.keeping.sections import SECTIONS
from oversight.keeping.wording import FIELDS, TITLES
from volunteers.models import Volunteer


def links() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model in (User, Volunteer)
        if not field.many_to_many
    }


def test_every_link_to_a_person_is_in_the_graph_once() -> None:
    named = [link.where for link in LINKS]
    assert sorted(named) == sorted(links())


def test_every_link_is_read_in_a_section_there_is() -> None:
    assert {link.section for link in LINKS} == {section.code for section in SECTIONS}


def test_what_a_copy_shows_has_its_words() -> None:
    shown = [link for link in LINKS if link.shows]
    assert [link.where for link in shown if link.where not in TITLES] == []
    assert sorted({name for link in shown for name in link.shows} - FIELDS.keys()) == []


def test_nothing_that_is_deleted_is_held_by_something_that_is_kept() -> None:
    gone = {apps.get_model(link.model) for link in LINKS if link.fate is Fate.DELETED}
    kept = {apps.get_model(link.model) for link in LINKS if link.fate is not Fate.DELETED}
    assert {model._meta.label for model in gone & kept} <= {
        "accounts.Membership",
        "casework.Absence",
        "casework.Invitation",
        "volunteers.MoreTime",
    }
