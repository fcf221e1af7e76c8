"""Those who live in the demonstration beside the cast: heads, staff, volunteers of other NGOs."""

from dataclasses import dataclass
from datetime import date

from accounts.roles import Role
from demo.cast import GROVE, OUTSIDE, SAIL, SHIFT
from demo.houses import (
    DOORLESS,
    HANDS,
    LIGHTHOUSE,
    OPORA,
    ORCHARD,
    PAGE,
    PAW,
    PORCH,
    QUICK,
    WIND,
    ZARECHYE,
)

# The cast, the others, and who came with a list: three kinds of addresses that lead nowhere.
DOMAINS = ("open-doors.example", "people.example", "example.org")


@dataclass(frozen=True)
class Extra:
    """Somebody with a name and one hat; volunteers have a birthday."""

    key: str
    names: str
    organisation: str
    role: str
    born_on: date | None = None

    @property
    def email(self) -> str:
        """Their address; nothing is ever sent there."""
        return f"{self.key}@people.example"


def _volunteer(key: str, names: str, organisation: str, year: int) -> Extra:
    return Extra(key, names, organisation, Role.VOLUNTEER, date(year, 5, 17))


EXTRAS = (
    Extra("tikhonov", "Тихонов Борис Львович", SHIFT, Role.HEAD),
    Extra("volkova", "Волкова Ирина Сергеевна", OPORA, Role.HEAD),
    Extra("krylov", "Крылов Степан Андреевич", HANDS, Role.HEAD),
    Extra("zaitseva", "Зайцева Полина Олеговна", DOORLESS, Role.HEAD),
    Extra("arsenyeva", "Арсеньева Лидия Павловна", PORCH, Role.HEAD),
    Extra("dyomin", "Дёмин Захар Ильич", PAW, Role.HEAD),
    Extra("shubina", "Шубина Алёна Игоревна", PAGE, Role.HEAD),
    Extra("kotlyarov", "Котляров Руслан Маратович", WIND, Role.HEAD),
    Extra("pugovkin", "Пуговкин Эдуард Олегович", QUICK, Role.HEAD),
    Extra("melnik", "Мельник Людмила Сергеевна", SAIL, Role.DESK),
    Extra("zhdanov", "Жданов Пётр Ильич", SAIL, Role.GATE),
    Extra("ryabova", "Рябова Тамара Ивановна", GROVE, Role.GATE),
    Extra("dolgova", "Долгова Нелли Сергеевна", GROVE, Role.DIRECTOR),
    Extra("astakhova", "Астахова Вера Николаевна", ORCHARD, Role.DIRECTOR),
    Extra("nikitin", "Никитин Юрий Степанович", LIGHTHOUSE, Role.DIRECTOR),
    Extra("larionova", "Ларионова Елена Викторовна", ZARECHYE, Role.DIRECTOR),
    _volunteer("savelyev", "Савельев Денис Юрьевич", OUTSIDE, 1991),
    _volunteer("kovalyova", "Ковалёва Инна Петровна", OUTSIDE, 1986),
    _volunteer("rozhkov", "Рожков Тимофей Алексеевич", OUTSIDE, 1998),
    _volunteer("ilyina", "Ильина Светлана Марковна", SHIFT, 1979),
    _volunteer("bykov", "Быков Антон Романович", SHIFT, 1990),
    _volunteer("lebedeva", "Лебедева Нелли Артуровна", OPORA, 1983),
    _volunteer("chizhov", "Чижов Константин Львович", OPORA, 1988),
    _volunteer("mukhina", "Мухина Таисия Глебовна", DOORLESS, 1975),
    _volunteer("frolov", "Фролов Олег Дмитриевич", DOORLESS, 1994),
    _volunteer("gordeev", "Гордеев Максим Ильич", HANDS, 1987),
    _volunteer("pchyolkina", "Пчёлкина Марина Юрьевна", HANDS, 1996),
    # Somebody who is kept away comes back: the first letter of the given name is a Latin one.
    _volunteer("k.chizhov", "Чижов Kонстантин Львович", HANDS, 1988),
    _volunteer("salikhov", "Салихов Артур Рустамович", HANDS, 1980),
)
# What somebody was at the beginning, before they became what they are in the cast.
BEFORE = {("galina", GROVE): Role.DESK}
# Birthdays of those of the cast who volunteer.
BORN = {"maria": date(1994, 3, 8), "sofia": date(2001, 9, 2), "viktor": date(1972, 6, 30)}
