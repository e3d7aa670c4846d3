"""Many clips: found in folders, each scored once by its content, here or on a cluster, kept as they finish."""

from formcheck.pipeline.batch.discovery import Clip, Found, find_clips, identified
from formcheck.pipeline.batch.job import Job, Settings, score_job
from formcheck.pipeline.batch.journal import Earlier, Journal, ScoredLine, failed_line, scored_line
from formcheck.pipeline.batch.run import Outcome, score_clips

__all__ = [
    "Clip",
    "Earlier",
    "Found",
    "Job",
    "Journal",
    "Outcome",
    "ScoredLine",
    "Settings",
    "failed_line",
    "find_clips",
    "identified",
    "score_clips",
    "score_job",
    "scored_line",
]
