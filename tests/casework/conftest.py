"""What tests of files need."""

from pathlib import Path
from typing import Any

import pytest

from accounts.hats import Acting
from accounts.roles import Role
from tests import factories as make


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Files of this test's own lie here, outside everything that is served."""
    settings.OPEN_DOORS_FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def head() -> Acting:
    """The head of an NGO."""
    return make.acting(make.member(make.organisation("ngo"), Role.HEAD))
