"""Child processes that never outlive their parent and stop in an orderly way."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def _die_with_parent(number: int) -> Callable[[], None]:
    def tell_the_kernel() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number)

    return tell_the_kernel


class Child:
    """A running program whose output is read line by line."""

    def __init__(
        self,
        tag: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 15,
        uid: int | None = None,
        on_line: Callable[[str], None] | None = None,
    ) -> None:
        """Start `command` in its own session; `on_line` sees each line it writes."""
        self.tag = tag
        self.stop_signal = stop_signal
        self.grace = grace
        self.on_line = on_line
        self.last_lines: deque[str] = deque(maxlen=200)
        self.process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
            start_new_session=True,  # Ctrl-C reaches the supervisor only
            preexec_fn=_die_with_parent(stop_signal),  # noqa: PLW1509  (one system call)
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        if self.process.stdout is None:
            return
        with self.process.stdout as lines:
            for raw in lines:
                line = raw.rstrip()
                self.last_lines.append(line)
                if self.on_line is not None:
                    self.on_line(line)

    @property
    def exit_code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.process.poll()

    def output(self) -> str:
        """The last lines it wrote."""
        self._reader.join(1)
        return "\n".join(self.last_lines)

    def stop(self) -> None:
        """Ask it to stop; after the grace period, kill it with all it started."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
