"""A new page is named where its queries are counted at one and at thirty rows, or says here why it is no list."""

import re
from pathlib import Path

from django.conf import settings

from tests.routes import ROUTES

TESTS = Path(settings.BASE_DIR, "tests")
COUNTS = re.compile(r"assert_does_not_grow\(|asked_by\(|_grow_in_queries\(")
COUNTED_THROUGH_A_HELPER = {"import-list": "pupils/importing/test_pages.py", "import-page": "pupils/test_pages_queries.py"}
NO_LIST = {
    **dict.fromkeys(("profile-edit", "contact-new", "contact-edit", "contact-remove", "pupil-left"), "the form of one row"),
    **dict.fromkeys(("one-to-one-void", "review-pause", "review-row", "partnership-invite"), "the form of one row"),
    **dict.fromkeys(("partnership-invitation-again", "partnership-invitation-withdraw", "partnership-round-close"), "takes a form"),
    **dict.fromkeys(("import-discard", "key-worker-end", "target-undo", "review-resume", "letters-again", "report-ask"), "takes a form"),
    "review-put-in": "takes a form",
    "school-cycles": "six terms at most",
    "profile-print": "one pupil's profile",
    "grid-presence": "answers a machine",
    **dict.fromkeys(("letter-print", "report-file"), "one stored file"),
    "partnership-csv": "the figures of partnership-dashboard, which is counted",
}


def counted(texts: list[str]) -> set[str]:
    """Name the addresses that files of tests with a count of queries speak of."""
    counting = "".join(text for text in texts if COUNTS.search(text))
    return {name for name in ROUTES if f'"{name}"' in counting}


def counting_files() -> list[str]:
    return [path.read_text() for path in TESTS.glob("*/**/test_*.py")]


def test_every_page_is_counted_or_is_no_list() -> None:
    assert {*ROUTES} - counted(counting_files()) == NO_LIST.keys() | COUNTED_THROUGH_A_HELPER.keys()
    assert all(COUNTS.search((TESTS / name).read_text()) for name in COUNTED_THROUGH_A_HELPER.values())


def test_a_page_that_no_count_names_is_found() -> None:
    without = [text for text in counting_files() if '"pupil-contacts"' not in text]
    assert "pupil-contacts" not in counted(without)
