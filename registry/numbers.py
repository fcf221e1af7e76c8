"""State numbers of organisations: INN (tax number) and OGRN (registration number).

The last digits of each are check digits; a number that fails them was mistyped.
"""

INN_LEGAL = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_PERSON_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_PERSON_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _weighed(digits: str, weights: tuple[int, ...]) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return str(total % 11 % 10)


def _is_digits(text: str, *lengths: int) -> bool:
    return len(text) in lengths and text.isascii() and text.isdigit()


def is_inn(text: str) -> bool:
    """Whether this is a sound INN: 10 digits (organisation) or 12 (person)."""
    if _is_digits(text, 10):
        return text[9] == _weighed(text, INN_LEGAL)
    if _is_digits(text, 12):
        return text[10:] == _weighed(text, INN_PERSON_11) + _weighed(text, INN_PERSON_12)
    return False


def is_ogrn(text: str) -> bool:
    """Whether this is a sound OGRN: 13 digits (organisation) or 15 (sole trader)."""
    if not _is_digits(text, 13, 15):
        return False
    return text[-1] == str(int(text[:-1]) % (len(text) - 2) % 10)


def clean_number(cell: object) -> str:
    """The digits of a cell as people and spreadsheets write them: spaces out, `.0` out."""
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "".join(str(cell).split()).lstrip("'").replace("\u200b", "").replace("\ufeff", "")
    return text.removesuffix(".0")


def clean_inn(cell: object) -> str:
    """As `clean_number`; a number cell has lost its leading zero and gets it back."""
    text = clean_number(cell)
    if isinstance(cell, int | float) and len(text) in (9, 11):
        return "0" + text
    return text
