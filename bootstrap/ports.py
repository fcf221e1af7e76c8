"""Where things listen: a free TCP port, a folder short enough for a unix socket."""

import hashlib
import socket
import tempfile
from pathlib import Path

# The kernel's limit is 107 bytes (103 on macOS); PostgreSQL adds a lock file's suffix.
LONGEST_SOCKET_PATH = 95


def free_port(first: int, last: int, host: str = "127.0.0.1") -> int:
    """The first port from `first` to `last` that nothing listens on."""
    for port in range(first, last + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No free port between {first} and {last}.")


def socket_folder(data: Path, name: str) -> Path:
    """The folder for the unix socket `name`: beside the data, or a short one if need be."""
    folder = data / "run"
    if len(str(folder / name).encode()) > LONGEST_SOCKET_PATH:
        digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"open-doors-{digest}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
