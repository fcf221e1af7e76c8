"""Russian catalogues are compiled when the product starts, so no system gettext is needed."""

from collections.abc import Iterable
from pathlib import Path


def compile_catalogues(folders: Iterable[Path]) -> None:
    """Compile each .po below the folders whose .mo is missing or older.

    Written beside and renamed: several processes start at once.
    """
    for folder in folders:
        for source in folder.glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            import polib  # noqa: PLC0415  (only after a text has changed)

            fresh = polib.pofile(str(source)).to_binary()
            beside = target.with_suffix(f".{id(fresh):x}.new")
            beside.write_bytes(fresh)
            beside.replace(target)
