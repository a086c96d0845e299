"""Moderation in the order in which it goes: a round is opened, a school consents, samples are released, others mark them, results."""

from assessments.services.moderation.consenting import agree
from assessments.services.moderation.marking import mark_sample
from assessments.services.moderation.releasing import release_sample, withhold_sample
from assessments.services.moderation.rounds import close_round, open_round

__all__ = ["agree", "close_round", "mark_sample", "open_round", "release_sample", "withhold_sample"]
