from reports.models.figures import ALL, CycleSummary, Publication, ReviewSummary
from reports.models.papers import Job, Letter, ProgressReport

__all__ = ["ALL", "CycleSummary", "Job", "Letter", "ProgressReport", "Publication", "ReviewSummary"]
