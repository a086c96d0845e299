from assessments.services.completing import complete_review
from assessments.services.cycles import close_cycle, open_cycle
from assessments.services.drafting import save_review
from assessments.services.lines import Line, lines_of, lines_of_each
from assessments.services.reopening import reopen_review
from assessments.services.rows import SavedRow, save_row
from assessments.services.statuses import pause_review, resume_review, status_after_saving

__all__ = [
    "Line",
    "SavedRow",
    "close_cycle",
    "complete_review",
    "lines_of",
    "lines_of_each",
    "open_cycle",
    "pause_review",
    "reopen_review",
    "resume_review",
    "save_review",
    "save_row",
    "status_after_saving",
]
