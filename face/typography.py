"""Russian typography: where a line must not break.

A no-break space stands after words of one and two letters, after the number sign, between a
number and what it counts, and before an em dash. Two numbers are joined by an en dash.
Tags and the text inside `textarea`, `pre`, `script` and `style` stay as they are.
"""

import re

NO_BREAK = "\N{NO-BREAK SPACE}"

_UNITS = (
    "лет|год|года|день|дня|дней|час|часа|часов|минут|минуты|минуту|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "руб|км|м|кг|район|района|районов|округ|округа|округов|вид|вида|видов"
)
_KEPT = re.compile(
    r"(<(textarea|pre|script|style)\b.*?</\2\s*>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w-])([А-Яа-яЁё]{1,2}) +"), rf"\1{NO_BREAK}"),
    (re.compile(r"№ *(?=[\d\w])"), f"№{NO_BREAK}"),
    (re.compile(rf"(?<=\d) +(?=(?:{_UNITS})\b)"), NO_BREAK),
    (re.compile(r"(?<=\S) +(?=— )"), NO_BREAK),
    # Short numbers only: a hyphen inside a case number is part of that number.
    (re.compile(r"(?<![\w-])(\d{1,2}) ?[-–] ?(\d{1,2})(?![\w-])"), r"\1–\2"),
)


def set_russian(text: str) -> str:
    """The same text or HTML with no-break spaces and dashes where Russian asks for them."""
    pieces: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        pieces += [_set(text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*pieces, _set(text[end:])])


def _set(words: str) -> str:
    for pattern, replacement in _RULES:
        words = pattern.sub(replacement, words)
    return words
