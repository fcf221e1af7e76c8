"""Acts that begin at the same instant, each on a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from casework.process import Refused


def together(acts: Sequence[Callable[[], Any]]) -> list[str]:
    """What came of each: "done", or the code of the first objection."""
    barrier, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(n: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            act()
            outcomes[n] = "done"
        except Refused as refused:
            outcomes[n] = refused.objections[0].code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
