"""Many clips: found in folders, each scored once by its content, here or on a cluster, kept as they finish."""

from formcheck.batch.finding import Clip, Found, find, identified
from formcheck.batch.job import Job, Settings, score_job
from formcheck.batch.journal import Earlier, Journal
from formcheck.batch.lines import ScoredLine, failed_line, scored_line
from formcheck.batch.run import Outcome, score_clips

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
    "find",
    "identified",
    "score_clips",
    "score_job",
    "scored_line",
]
