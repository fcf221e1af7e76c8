"""Names as somebody writes them who does not want to be known again, and random honest names."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from accounts.blind import Identity

PEOPLE = (
    ("Королёва", "Алёна", "Сергеевна"),
    ("Семёнов", "Пётр", "Фёдорович"),
    ("Смыслова", "Юлия", "Андреевна"),
    ("Щербаков", "Игорь", "Ильич"),
    ("Хованский", "Максим", "Тимурович"),
    ("Римская-Корсакова", "Анна-Мария", "Львовна"),
    ("Воробьёв", "Захар", "Эдуардович"),
    ("Цой", "Виктор", "Робертович"),
    ("Яковлева", "Зоя", "Юрьевна"),
    ("Бондаренко", "Наталья", "Георгиевна"),
)
BORN = date(1990, 5, 17)
LATIN = str.maketrans("АВЕКМНОРСТУХаеоркмнрсхут", "ABEKMHOPCTYXaeopkmнpcxyт")
GREEK = str.maketrans("АВЕКМНОРТХао", "ΑΒΕΚΜΗΟΡΤΧαο")
DIGITS = str.maketrans("ОоЗзбБчЧ", "00336644")
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
STRESS, LOW_LINE, GRAVE = "\u0301", "\u0332", "\u0300"


def _fields(who: Identity, change: object) -> Identity:
    assert callable(change)
    return replace(
        who,
        family_name=change(who.family_name),
        given_name=change(who.given_name),
        patronymic=change(who.patronymic),
    )


def people() -> list[Identity]:
    return [Identity(*names, BORN) for names in PEOPLE]


def spellings(who: Identity) -> Iterator[Identity]:
    """Everything that somebody does to look like somebody else without changing their name."""
    for change in CHANGES:
        yield _fields(who, change)
    swapped = replace(who, family_name=who.given_name, given_name=who.family_name)
    bare = replace(who, patronymic="")
    yield from (swapped, bare, replace(swapped, patronymic=""))
    yield replace(who, given_name=f"{who.given_name} {who.patronymic}", patronymic="")
    yield replace(who, family_name=f"{who.family_name} {who.given_name}", given_name="")
    yield replace(who, given_name=who.patronymic, patronymic=who.given_name)
    yield replace(who, family_name=f"{who.family_name}-Петрова")
    yield replace(who, family_name=f"Оглы {who.family_name}")
    for change in CHANGES:
        yield _fields(replace(swapped, patronymic=""), change)


def _every_second(text: str) -> str:
    """Latin letters among Russian ones."""
    return "".join(c.translate(LATIN) if n % 2 else c for n, c in enumerate(text))


CHANGES = (
    lambda text: text.replace("ё", "е").replace("Ё", "Е"),
    str.upper,
    str.lower,
    str.swapcase,
    lambda text: f"  {text}\u00a0",
    lambda text: text.replace("-", " "),
    lambda text: text.replace("-", ""),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.translate(LATIN),
    lambda text: text.upper().translate(LATIN),
    _every_second,
    lambda text: text.upper().translate(GREEK),
    lambda text: text.translate(DIGITS),
    lambda text: text.translate(LATIN).translate(str.maketrans(WIDE)),
    lambda text: text.replace("ы", "ьl").replace("Ю", "IO").replace("ю", "io"),
    lambda text: text.replace("ы", "ьı").replace("Л", "JI"),
    lambda text: text.replace("й", "и"),
    lambda text: text.replace("й", "и\u0306").replace("ё", "е\u0308"),
    lambda text: text.replace("и", "і").replace("И", "I"),
    lambda text: text.replace("к", "қ").replace("н", "ң").replace("х", "ҳ"),
    lambda text: f"{text}.",
    lambda text: f"«{text}»",
    lambda text: STRESS.join(text) + STRESS,
    LOW_LINE.join,
    lambda text: text[:2] + GRAVE + text[2:],
    *(sign.join for sign in INVISIBLE),
)

NAMES = {
    kind: many.split()
    for kind, many in json.loads(
        (Path(__file__).parent / "names.json").read_text(encoding="utf-8")
    ).items()
}
DAYS = 50 * 365


def honest(number: int, seed: int = 2015) -> list[Identity]:
    """So many random people, born over fifty years."""
    chance = random.Random(seed)  # noqa: S311  (nothing is kept secret by it)
    return [_honest(chance, f"person{n}.{seed}@example.org") for n in range(number)]


def _honest(chance: random.Random, email: str) -> Identity:
    woman = chance.random() < 0.7
    family, father = chance.choice(NAMES["families"]), chance.choice(NAMES["men"])
    ending = ("ая" if family.endswith("ий") else "а") if woman else ""
    stem = family.removesuffix("ий") if ending == "ая" else family
    patronymic = f"{father.rstrip('йь')}{'овна' if woman else 'ович'}"
    return Identity(
        family_name=f"{stem}{ending}",
        given_name=chance.choice(NAMES["women" if woman else "men"]),
        patronymic=patronymic if chance.random() < 0.9 else "",
        born_on=date(1957, 1, 1) + timedelta(days=chance.randrange(DAYS)),
        email=email,
        phone=f"+7 9{chance.randrange(10**9):09}",
    )
