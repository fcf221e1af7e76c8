"""Asks the web process whether it is alive or ready; also the containers' health check."""

import http.client
import os
import sys
from http import HTTPStatus


def status(port: int, path: str, host: str = "127.0.0.1") -> int | None:
    """The HTTP status of a page on this machine, or None when nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def main(path: str) -> int:
    """0 when `path` answers 200 under the first of OPEN_DOORS_HOSTS, else 1."""
    port = int(os.environ.get("OPEN_DOORS_PORT", "8000"))
    host = os.environ.get("OPEN_DOORS_HOSTS", "127.0.0.1").split(",")[0]
    return 0 if status(port, path, host) == HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "/healthz"))
