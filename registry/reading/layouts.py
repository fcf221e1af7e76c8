"""The three kinds of table and the headings people give their columns."""

from registry.reading.tables import Layout

_COMMON = {
    "n": ("№ п/п", "№", "N п/п", "№ пп"),
    "name": ("Полное наименование", "Наименование", "Название"),
    "short_name": ("Краткое наименование", "Сокращённое наименование"),
    "inn": ("ИНН",),
    "ogrn": ("ОГРН",),
    "head": ("Руководитель", "Директор"),
    "phone": ("Телефон", "Тел", "Телефоны"),
    "email": ("E-mail", "Email", "Электронная почта", "Почта", "Адрес электронной почты"),
}

INSTITUTIONS = Layout(
    name="institutions",
    columns={
        **_COMMON,
        "kind": ("Вид учреждения", "Тип учреждения"),
        "okrug": ("Адм. округ", "Административный округ", "Округ"),
        "district": ("Район",),
        "address": ("Адрес",),
        "beds": ("Число мест", "Количество мест"),
        "regime": ("Режим посещений",),
        "latitude": ("Широта",),
        "longitude": ("Долгота",),
    },
    required=frozenset({"name", "kind", "inn", "ogrn", "okrug", "district"}),
    marks=frozenset({"ogrn", "kind"}),
)

NGOS = Layout(
    name="ngos",
    columns={
        **_COMMON,
        "form": ("Правовая форма", "Организационно-правовая форма"),
        "site": ("Сайт",),
        "types": ("Виды взаимодействия",),
        "registered_on": ("Дата регистрации в реестре", "Дата регистрации"),
        "valid_through": ("Действует до",),
    },
    required=frozenset({"name", "inn", "ogrn", "types", "registered_on", "valid_through"}),
    marks=frozenset({"ogrn", "types"}),
)

VOLUNTEERS = Layout(
    name="volunteers",
    columns={
        "n": _COMMON["n"],
        "last_name": ("Фамилия",),
        "first_name": ("Имя",),
        "middle_name": ("Отчество",),
        "born_on": ("Дата рождения",),
        "email": _COMMON["email"],
        "phone": _COMMON["phone"],
        "languages": ("Языки",),
        "experience": ("Опыт",),
    },
    required=frozenset({"last_name", "first_name", "born_on", "email"}),
    marks=frozenset({"last_name", "born_on"}),
)

LAYOUTS = (INSTITUTIONS, NGOS, VOLUNTEERS)
