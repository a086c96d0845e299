"""Every template can be compiled: a block that is not closed or a tag that does not exist fails here, not on a page."""

from pathlib import Path

import pytest
from django.template.loader import get_template

FOLDER = Path(__file__).resolve().parents[2] / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*"))


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert get_template(name)
