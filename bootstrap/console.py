"""One line of output at a time, from several processes, on stderr."""

import sys
import threading
import time

COLORS = {"postgres": 34, "valkey": 35, "web": 32, "worker": 33, "beat": 36}
_lock = threading.Lock()


def say(tag: str, line: str) -> None:
    """Print one tagged line on stderr: stdout belongs to commands whose output is parsed."""
    start, end = "", ""
    if sys.stderr.isatty():
        start, end = f"\033[{COLORS.get(tag, 1)}m", "\033[0m"
    with _lock:
        print(f"{start}{time.strftime('%H:%M:%S')} {tag:<8}|{end} {line}", file=sys.stderr)
        sys.stderr.flush()
