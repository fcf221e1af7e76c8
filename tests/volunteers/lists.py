"""Lists of volunteers as NGOs keep them, for tests."""

import csv
import io
from pathlib import Path

from accounts.models import Organisation
from tests.factories import ngo

HEAD = ["Фамилия", "Имя", "Отчество", "Дата рождения", "E-mail", "Телефон", "Языки", "Опыт"]
OGRN, OTHER = "1157799090019", "1157799090020"


def organisation(name: str, ogrn: str) -> Organisation:
    made = ngo(name).organisation
    made.ogrn = ogrn
    made.save()
    return made


def line(n: int, **changed: str) -> list[str]:
    good = {
        "Фамилия": f"Иванова-{n}",
        "Имя": "Анна",
        "Отчество": "Олеговна",
        "Дата рождения": "17.05.1990",
        "E-mail": f"anna{n}@example.org",
        "Телефон": "8 900 111-22-33",
        "Языки": "русский; жестовый",
        "Опыт": "да",
    }
    return list((good | changed).values())


def file_of(tmp_path: Path, *lines: list[str], name: str = "people.csv") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEAD, *lines])
    path = tmp_path / name
    path.write_text(out.getvalue(), "utf-8")
    return path
