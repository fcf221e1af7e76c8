"""Children stop in order and never outlive who started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bootstrap import ROOT
from bootstrap.children import Child

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); "


def wait_for_line(child: Child) -> None:
    """Return when the child has written something."""
    deadline = time.monotonic() + 10
    while not child.last_lines and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_child_stops_when_asked() -> None:
    child = Child("sleeper", SLEEP)
    wait_for_line(child)
    child.stop()
    assert child.exit_code == -signal.SIGTERM
    assert child.output() == "up"


def test_a_child_that_does_not_listen_is_killed() -> None:
    child = Child("deaf", [sys.executable, "-c", STUBBORN + "time.sleep(60)"], grace=0.2)
    wait_for_line(child)
    child.stop()
    assert child.exit_code == -signal.SIGKILL


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel does it on Linux")
def test_a_killed_parent_leaves_no_engine_behind(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from bootstrap.engines import running\n"
        "with running(Path(sys.argv[1]), durable=False) as found:\n"
        "    print(*[child.process.pid for child in found.children()], flush=True)\n"
        "    time.sleep(60)\n"
    )
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    deadline = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, pids))


def alive(pid: int) -> bool:
    """Whether a process runs (one that only waits to be collected does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
