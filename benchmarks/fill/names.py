"""Names of organisations: every eighth has the common word, three have the rare one."""

COMMON, RARE = "милосердие", "аистёнок"
WORDS = ("Забота", "Родник", "Дорога", "Наши дети", "Очаг", "Рассвет", "Берег", "Перспектива")
EVERY, RARE_ONES = 8, 3


def name(number: int) -> str:
    """The name of the organisation with this number."""
    word = WORDS[number % len(WORDS)]
    if number < RARE_ONES:
        word = RARE.capitalize()
    elif number % EVERY == 0:
        word = COMMON.capitalize()
    return f"{word} {number}"
