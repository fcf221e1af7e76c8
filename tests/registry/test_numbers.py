"""State numbers: check digits and the cleaning of cells."""

import pytest

from registry.numbers import clean_inn, clean_number, is_inn, is_ogrn


@pytest.mark.parametrize(
    ("inn", "sound"),
    [
        ("7798800016", True),
        ("7799900084", True),
        ("779912345644", True),
        ("7798800017", False),
        ("779912345645", False),
        ("779912345654", False),
        ("779880001", False),
        ("77988000166", False),
        ("٧٧٩٨٨٠٠٠١٦", False),
        ("", False),
    ],
)
def test_inn_is_judged_by_its_check_digits(inn: str, sound: bool) -> None:
    assert is_inn(inn) is sound


@pytest.mark.parametrize(
    ("ogrn", "sound"),
    [
        ("1037739010891", True),
        ("1027798080012", True),
        ("1157799090085", True),
        ("304500116000157", True),
        ("1037739010892", False),
        ("304500116000158", False),
        ("103773901089", False),
        ("", False),
    ],
)
def test_ogrn_is_judged_by_its_check_digit(ogrn: str, sound: bool) -> None:
    assert is_ogrn(ogrn) is sound


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        (" 77 98800016 ", "7798800016"),
        ("7798\u00a0800016", "7798800016"),
        (7798800016, "7798800016"),
        (7798800016.0, "7798800016"),
        ("7798800016.0", "7798800016"),
        ("'7798800016", "7798800016"),
        (None, ""),
        (True, ""),
    ],
)
def test_number_is_cleaned_of_what_spreadsheets_add(cell: object, digits: str) -> None:
    assert clean_number(cell) == digits


@pytest.mark.parametrize(
    ("cell", "digits"), [(123456789, "0123456789"), ("123456789", "123456789"), (1, "1")]
)
def test_number_cell_gets_its_leading_zero_back(cell: object, digits: str) -> None:
    assert clean_inn(cell) == digits
