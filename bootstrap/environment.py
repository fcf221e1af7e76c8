"""The project's own `.venv`: made when missing, brought up to date when a lock file changed."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bootstrap import ROOT
from bootstrap.console import say

LEVELS = ("runtime", "development")
STAMP = "open-doors-lock"


@dataclass(frozen=True)
class Environment:
    """A virtual environment and the lock files it is filled from."""

    folder: Path = ROOT / ".venv"
    locks: Path = ROOT / "requirements"

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        return self.folder / "bin" / "python"

    def lock(self, level: str) -> Path:
        """The lock file of a level."""
        return self.locks / f"{level}.txt"

    def needs(self, level: str) -> str | None:
        """The level to install now, or None when what is installed is current.

        A richer environment stays rich: asked for less, it is only kept up to date.
        """
        stamped, _, digest = self._read_stamp().partition(" ")
        if stamped in LEVELS and LEVELS.index(stamped) > LEVELS.index(level):
            level = stamped
        current = stamped == level and digest == self._digest(level)
        return None if current and self.python.exists() else level

    def mark(self, level: str) -> None:
        """Remember that a level's lock file is installed."""
        (self.folder / STAMP).write_text(f"{level} {self._digest(level)}\n", encoding="utf-8")

    def prepare(self, level: str) -> Path:
        """Make or update the environment if it needs it; the interpreter inside."""
        if missing := self.needs(level):
            say("setup", f"installing {missing} packages into {self.folder.name}")
            if not self.python.exists():
                self._create()
            _run([*self._installer(), "--require-hashes", "-r", str(self.lock(missing))])
            self.mark(missing)
        return self.python

    def uv(self) -> str | None:
        """The uv program on PATH or inside the environment."""
        inside = self.folder / "bin" / "uv"
        return shutil.which("uv") or (str(inside) if inside.exists() else None)

    def _create(self) -> None:
        if uv := self.uv():
            _run([uv, "venv", "--quiet", "--python", sys.executable, str(self.folder)])
        else:
            _run([sys.executable, "-m", "venv", str(self.folder)])

    def _installer(self) -> list[str]:
        if uv := self.uv():
            return [uv, "pip", "install", "--quiet", "--python", str(self.python)]
        pip = [str(self.python), "-m", "pip", "install", "--quiet"]
        return [*pip, "--disable-pip-version-check"]

    def _digest(self, level: str) -> str:
        return hashlib.sha256(self.lock(level).read_bytes()).hexdigest()

    def _read_stamp(self) -> str:
        try:
            return (self.folder / STAMP).read_text(encoding="utf-8").strip()
        except OSError:
            return ""


def _run(command: list[str]) -> None:
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise SystemExit(f"This failed: {' '.join(command)}")
