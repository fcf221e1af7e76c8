"""Where things listen."""

import socket
from pathlib import Path

import pytest

from bootstrap.ports import LONGEST_SOCKET_PATH, free_port, socket_folder


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert free_port(number, number + 20) > number


def test_no_free_port_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(SystemExit, match="No free port"):
            free_port(number, number)


def test_a_short_path_stays_beside_the_data(tmp_path: Path) -> None:
    data = Path(tmp_path.anchor) / "tmp" / f"od{tmp_path.stat().st_ino}"
    folder = socket_folder(data, "s")
    assert folder == data / "run"
    folder.rmdir()
    data.rmdir()


def test_a_long_path_moves_to_the_temporary_folder(tmp_path: Path) -> None:
    data = tmp_path / ("длинное-имя" * 8)
    folder = socket_folder(data, "valkey.sock")
    assert len(str(folder / "valkey.sock").encode()) <= LONGEST_SOCKET_PATH
    assert folder == socket_folder(data, "valkey.sock")
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()
