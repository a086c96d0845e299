from assessments.services.completing import complete_review
from assessments.services.cycles import close_cycle, open_cycle
from assessments.services.drafting import save_review
from assessments.services.lines import Line, lines_of

__all__ = ["Line", "close_cycle", "complete_review", "lines_of", "open_cycle", "save_review"]
