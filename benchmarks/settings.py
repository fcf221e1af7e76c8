"""The product's production settings, with the static files in the run's own folder."""

import os
from pathlib import Path

from config.settings.production import *  # noqa: F403  (settings files compose by import)

STATIC_ROOT = Path(os.environ["OPEN_DOORS_BENCH"]) / "static"
