"""The reviewed table of addresses: who may open which, by hand from domain.md 7. A new address is added here or fails the build."""

from collections.abc import Callable
from typing import Any

from tests.matrix import GOVERNOR, HEAD, KEY_WORKER, LEAD, METHODS, OFFICE, PARTNERSHIP_GOVERNOR, SENCO, TEACHER, Route
from tests.world import World

Rows = Callable[[World], dict[str, Any]]


def of(name: str, key: str = "public_id") -> Rows:
    """The address names one row of the world by its public id."""
    return lambda world: {key: world.rows[name].public_id}


def both(first: Rows, second: Rows) -> Rows:
    return lambda world: first(world) | second(world)


def cycle_of(world: World) -> dict[str, Any]:
    return {"key": world.rows["cycle"].slug}


EVERYBODY_WITH_PUPILS = frozenset({SENCO, HEAD, TEACHER, KEY_WORKER})
PUPIL, CONTACT, TARGET = of("pupil"), of("contact", "contact_id"), of("target", "target_id")
PROPOSAL = of("proposal", "target_id")
LETTER, REPORT = of("letter", "letter_id"), of("report", "report_id")
READS_FIGURES = frozenset({SENCO, HEAD, GOVERNOR, LEAD, PARTNERSHIP_GOVERNOR})
SAVED_BY_SCRIPT = (*METHODS, "patch")
ONE_TO_ONE = of("one_to_one", "one_to_one_id")

ROUTES: dict[str, Route] = {
    # staff and settings
    "staff-list": Route(frozenset({SENCO, HEAD, OFFICE})),
    "staff-invite": Route(frozenset({SENCO, HEAD, OFFICE})),
    "staff-member": Route(frozenset({HEAD, OFFICE}), of("membership")),
    "staff-end": Route(frozenset({HEAD, OFFICE}), of("membership")),
    "invitation-again": Route(frozenset({SENCO, HEAD, OFFICE}), of("invitation")),
    "invitation-withdraw": Route(frozenset({SENCO, HEAD, OFFICE}), of("invitation")),
    "school-settings": Route(frozenset({SENCO, HEAD})),
    "school-cycles": Route(frozenset({SENCO, HEAD})),
    "partnership-staff": Route(frozenset({LEAD}), below="partnership"),
    "partnership-invite": Route(frozenset({LEAD}), below="partnership"),
    "partnership-invitation-again": Route(frozenset({LEAD}), of("head_invitation"), below="partnership"),
    "partnership-invitation-withdraw": Route(frozenset({LEAD}), of("head_invitation"), below="partnership"),
    # the roll
    "import-list": Route(frozenset({SENCO, OFFICE})),
    "import-page": Route(frozenset({SENCO, OFFICE}), of("roll_import", "pk")),
    "import-discard": Route(frozenset({SENCO, OFFICE}), of("roll_import", "pk")),
    # pupils
    "pupil-list": Route(EVERYBODY_WITH_PUPILS | {OFFICE}),
    "pupil": Route(EVERYBODY_WITH_PUPILS, PUPIL),
    "pupil-timeline": Route(EVERYBODY_WITH_PUPILS, PUPIL),
    "profile-print": Route(EVERYBODY_WITH_PUPILS, PUPIL),
    "profile-edit": Route(frozenset({SENCO, KEY_WORKER}), PUPIL),
    "pupil-left": Route(frozenset({SENCO, OFFICE}), PUPIL),
    "pupil-contacts": Route(frozenset({SENCO, HEAD, OFFICE}), PUPIL),
    "contact-new": Route(frozenset({SENCO, OFFICE}), PUPIL),
    "contact-edit": Route(frozenset({SENCO, OFFICE}), both(PUPIL, CONTACT)),
    "contact-remove": Route(frozenset({SENCO, OFFICE}), both(PUPIL, CONTACT)),
    "key-workers": Route(frozenset({SENCO, HEAD, OFFICE}), PUPIL),
    "key-worker-end": Route(frozenset({SENCO, HEAD, OFFICE}), PUPIL),
    # targets
    "pupil-targets": Route(EVERYBODY_WITH_PUPILS, PUPIL),
    "target-new": Route(frozenset({SENCO, TEACHER, KEY_WORKER}), PUPIL),
    "target-hints": Route(frozenset({SENCO, HEAD, TEACHER, OFFICE, KEY_WORKER})),
    "target-undo": Route(frozenset({SENCO}), TARGET),
    "proposal-list": Route(frozenset({SENCO, HEAD, TEACHER, OFFICE, KEY_WORKER})),
    "proposal-accept": Route(frozenset({SENCO}), PROPOSAL),
    "proposal-decline": Route(frozenset({SENCO}), PROPOSAL),
    "proposal-withdraw": Route(frozenset({TEACHER}), PROPOSAL),
    "target-close": Route(frozenset({SENCO}), TARGET),
    "strategy-list": Route(frozenset({SENCO, HEAD})),
    "language": Route(EVERYBODY_WITH_PUPILS),
    # one-to-ones
    "today": Route(frozenset({SENCO, HEAD, TEACHER, OFFICE, KEY_WORKER})),
    "supply": Route(EVERYBODY_WITH_PUPILS),
    "slips": Route(frozenset({SENCO, HEAD, TEACHER, OFFICE, KEY_WORKER})),
    "one-to-one-new": Route(frozenset({SENCO, KEY_WORKER}), PUPIL),
    "pupil-one-to-ones": Route(EVERYBODY_WITH_PUPILS, PUPIL),
    "one-to-one-plan": Route(frozenset({SENCO, KEY_WORKER}), PUPIL),
    "one-to-one-change": Route(frozenset({SENCO, KEY_WORKER}), ONE_TO_ONE),
    "one-to-one-undo": Route(frozenset({SENCO, KEY_WORKER}), ONE_TO_ONE),
    "one-to-one-void": Route(frozenset({SENCO, KEY_WORKER}), ONE_TO_ONE),
    # the pupil's voice
    "pupil-voice": Route(EVERYBODY_WITH_PUPILS, PUPIL),
    "voice-start": Route(frozenset({SENCO, KEY_WORKER}), PUPIL),
    "voice-noticed": Route(frozenset({SENCO, KEY_WORKER}), PUPIL),
    "voice-did": Route(frozenset({SENCO, KEY_WORKER}), of("voice_visit", "visit_id")),
    "safeguarding": Route(EVERYBODY_WITH_PUPILS | {OFFICE, GOVERNOR}),
    # reviews
    "own-reviews": Route(frozenset({SENCO, HEAD, TEACHER, OFFICE, KEY_WORKER})),
    "cycle-list": Route(frozenset({SENCO, HEAD})),
    "cycle": Route(frozenset({SENCO, HEAD}), cycle_of),
    "review": Route(frozenset({SENCO, HEAD}), both(cycle_of, PUPIL)),
    "review-judge": Route(frozenset({SENCO, KEY_WORKER}), both(cycle_of, PUPIL)),
    "review-pause": Route(frozenset({SENCO}), both(cycle_of, PUPIL)),
    "review-resume": Route(frozenset({SENCO}), both(cycle_of, PUPIL)),
    "review-reopen": Route(frozenset({SENCO}), both(cycle_of, PUPIL)),
    "review-meeting": Route(frozenset({SENCO, KEY_WORKER}), both(cycle_of, PUPIL)),
    "review-grid": Route(frozenset({SENCO, KEY_WORKER}), cycle_of),
    "review-sheet-back": Route(frozenset({SENCO, KEY_WORKER}), cycle_of),
    "review-sheet": Route(frozenset({SENCO, KEY_WORKER}), cycle_of),
    "review-paste": Route(frozenset({SENCO, KEY_WORKER}), cycle_of),
    "review-put-in": Route(frozenset({SENCO, KEY_WORKER}), cycle_of),
    "grid-presence": Route(frozenset({SENCO, KEY_WORKER}), cycle_of),
    "review-row": Route(frozenset({SENCO, KEY_WORKER}), both(cycle_of, TARGET), methods=SAVED_BY_SCRIPT),
    "review-said": Route(frozenset({SENCO, KEY_WORKER}), both(cycle_of, PUPIL), methods=SAVED_BY_SCRIPT),
    "cycle-outcomes": Route(frozenset({SENCO}), cycle_of),
    "outcomes-put-in": Route(frozenset({SENCO}), cycle_of),
    "measure-stop": Route(frozenset({SENCO}), both(cycle_of, of("measure", "measure_id"))),
    "review-outcomes": Route(frozenset({SENCO, KEY_WORKER}), both(cycle_of, PUPIL)),
    "review-complete": Route(frozenset({SENCO}), both(cycle_of, PUPIL)),
    "cycle-remind": Route(frozenset({SENCO}), cycle_of),
    "cycle-duties": Route(frozenset({SENCO, HEAD}), cycle_of),
    "cycle-check": Route(frozenset({SENCO, HEAD}), cycle_of),
    "cycle-open": Route(frozenset({SENCO}), cycle_of),
    "cycle-close": Route(frozenset({SENCO}), cycle_of),
    # moderation
    "moderation": Route(frozenset({SENCO, HEAD})),
    "moderation-agree": Route(frozenset({HEAD})),
    "moderation-sample": Route(frozenset({SENCO}), of("sample", "sample_id")),
    "moderation-mark": Route(frozenset({SENCO}), of("mark", "mark_id")),
    "partnership-moderation": Route(frozenset({LEAD}), below="partnership"),
    "partnership-round": Route(frozenset({LEAD}), of("round", "round_id"), below="partnership"),
    "partnership-round-close": Route(frozenset({LEAD}), of("round", "round_id"), below="partnership"),
    # letters
    "review-letters": Route(frozenset({SENCO, HEAD}), both(cycle_of, PUPIL)),
    "cycle-letters": Route(frozenset({SENCO, HEAD}), cycle_of),
    "cycle-letters-print": Route(frozenset({SENCO, OFFICE}), cycle_of),
    "letters-again": Route(frozenset({SENCO}), both(cycle_of, PUPIL)),
    "pupil-letters": Route(frozenset({SENCO, HEAD}), PUPIL),
    "letters-to-print": Route(frozenset({SENCO, OFFICE})),
    "letter-file": Route(frozenset({SENCO, HEAD}), LETTER),
    "letter-print": Route(frozenset({SENCO, OFFICE}), LETTER),
    "letter-approve": Route(frozenset({SENCO}), LETTER),
    # figures
    "partnership-cycles": Route(frozenset({LEAD}), below="partnership"),
    "partnership-cycle-open": Route(frozenset({LEAD}), lambda world: {"period": "2026-autumn"}, below="partnership"),
    "celebrate": Route(frozenset({SENCO, HEAD})),
    "certificate": Route(EVERYBODY_WITH_PUPILS, TARGET),
    "school-dashboard": Route(frozenset({SENCO, HEAD})),
    "dashboard-strand": Route(frozenset({SENCO, HEAD}), lambda world: {"strand": "communicating"}),
    "dashboard-csv": Route(frozenset({SENCO, HEAD})),
    "school-published": Route(frozenset({GOVERNOR})),
    "partnership-dashboard": Route(READS_FIGURES, below="partnership"),
    "partnership-csv": Route(READS_FIGURES, below="partnership"),
    "report-ask": Route(frozenset({HEAD, LEAD}), below="partnership"),
    "report": Route(READS_FIGURES, REPORT, below="partnership"),
    "report-file": Route(READS_FIGURES, REPORT, below="partnership"),
}
