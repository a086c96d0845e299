from reports.models.figures import ALL, CycleSummary, Publication, ReviewSummary
from reports.models.papers import Finishing, Job, Letter, ProgressReport

__all__ = ["ALL", "CycleSummary", "Finishing", "Job", "Letter", "ProgressReport", "Publication", "ReviewSummary"]
