"""Starts Open Doors on one machine with nothing but Python: environment, engines, processes.

Standard library only: this package runs before the environment exists.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
