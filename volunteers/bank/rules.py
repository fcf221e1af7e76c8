"""What must hold before the bank changes: a question that teaches, and papers that stay whole."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from registry.models import Tier
from volunteers.bank import content
from volunteers.models import QuestionChange, QuestionVersion, Topic
from volunteers.models.test import TESTED_TIERS
from volunteers.queries.bank import changes_waiting
from volunteers.queries.test import bank
from volunteers.testing.drawing import Item, lost

W = QuestionChange.What
FEWEST, MOST = 3, 4
TEXTS = ("text_ru", "text_en", "explanation_ru", "explanation_en", "source")
CHANGING = 20150211  # any number of our own: whoever approves a change of the bank holds this lock


def it_says_everything(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """Both languages, a tier, and three or four options that each say something in both."""
    if ask.detail.what == W.RETIREMENT:
        return
    said = ask.detail.content
    for name in TEXTS:
        if not str(said.get(name, "")).strip():
            yield Objection("missing", _("This must be said in both languages."), field=name)
    if not said.get("tiers"):
        yield Objection("tiers", _("Choose at least one tier."), field="tiers")
    options = said.get("options", [])
    if not FEWEST <= len(options) <= MOST:
        yield Objection("options", _("A question has three or four options."), field="option_1_ru")
    for n, option in enumerate(options, start=1):
        for name in ("ru", "en"):
            if not option[f"text_{name}"].strip():
                words = _("This must be said in both languages.")
                yield Objection("missing", words, field=f"option_{n}_{name}")


def something_is_right_and_something_wrong(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """Otherwise there is nothing to know."""
    keys = {bool(one["correct"]) for one in ask.detail.content.get("options", [])}
    if ask.detail.what != W.RETIREMENT and keys != {True, False}:
        yield Objection(
            "key",
            _("At least one option is right, and at least one is wrong."),
            _("Mark the right ones."),
            field="option_1_right",
        )


def it_follows_what_is_asked(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """A version takes the place of the one that is asked; a retired question does not come back."""
    change = ask.detail
    if change.what == W.NEW:
        return
    asked = QuestionVersion.objects.filter(question=change.question_id, retired_on=None).first()
    if asked is None:
        yield Objection(
            "retired",
            _("This question was retired; its code is never used again."),
            _("Write a new question instead."),
        )
    elif asked.pk != change.follows_id:
        yield Objection(
            "overtaken",
            _("The question has got a newer version meanwhile."),
            _("Write your change anew, from that version."),
        )


def no_other_change_waits(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """Two proposals for one question are decided one after the other."""
    if ask.detail.question_id is None:
        return
    others = changes_waiting().filter(question=ask.detail.question_id).exclude(pk=ask.detail.pk)
    if other := others.first():
        yield Objection(
            "waits",
            _("Another change of this question waits for its second person: %(ref)s.")
            % {"ref": other.case.ref},
            _("It is decided first."),
        )


def it_changes_something(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """A new version differs from the one it follows."""
    change = ask.detail
    before = content.of_version(change.follows) if change.follows else None
    if change.what == W.VERSION and before == change.content:
        yield Objection("same", _("Nothing is different from the version that is asked."))


def nobody_is_asked_it_twice(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """No other question that is asked now has the same words, in either language."""
    change = ask.detail
    if change.what == W.RETIREMENT:
        return
    others = QuestionVersion.objects.exclude(retired_on__lte=ask.on)
    others = others.exclude(question=change.question_id) if change.question_id else others
    asked = others.values_list("question__code", "text_ru", "text_en")
    for code, ru, en in asked:
        for name, text in (("text_ru", ru), ("text_en", en)):
            if _plain(text) == _plain(str(change.content.get(name, ""))):
                words = _("Question %(code)s asks the same in the same words.") % {"code": code}
                yield Objection("twice", words, field=name)


def papers_stay_whole(ask: Ask[QuestionChange]) -> Iterable[Objection]:
    """No topic of a paper loses its last question, nor its last mandatory one."""
    change = ask.detail
    if change.what == W.NEW:
        return
    if ask.taken:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [CHANGING])
    before = bank(ask.on)
    after = list(_after(before, change))
    for tier in TESTED_TIERS:
        for topic, mandatory in sorted(lost(before, after, tier)):
            yield _falls_short(topic, tier, mandatory=mandatory)


def _after(before: list[Item], change: QuestionChange) -> Iterable[Item]:
    for item in before:
        if item.version != change.follows_id:
            yield item
        elif change.what == W.VERSION:
            yield replace(item, tiers=frozenset(change.content.get("tiers", ())))


def _falls_short(topic: str, tier: str, *, mandatory: bool) -> Objection:
    words: Any = (
        _("No mandatory question about “%(topic)s” would be left for a paper of %(tier)s.")
        if mandatory
        else _("No question about “%(topic)s” would be left for a paper of %(tier)s.")
    )
    named = {"topic": Topic(topic).label, "tier": f"{tier} ({Tier(tier).label})"}
    remedy = _("First let another question of this topic be approved.")
    return Objection("short", words % named, remedy, field="tiers")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


OF_THE_BANK = (
    it_says_everything,
    something_is_right_and_something_wrong,
    it_follows_what_is_asked,
    no_other_change_waits,
    it_changes_something,
    nobody_is_asked_it_twice,
    papers_stay_whole,
)
