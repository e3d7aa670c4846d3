"""Many clips: found in folders, each scored once by its content, here or on a cluster, kept as they finish."""

from formcheck.pipeline.batch.discovery import ClipFile, ClipSearch, find_clips, identified
from formcheck.pipeline.batch.job import ScoreJob, Settings, score_job
from formcheck.pipeline.batch.journal import Journal, PreviousResults, ScoredLine, failed_line, scored_line
from formcheck.pipeline.batch.run import ClipResult, score_clips

__all__ = [
    "ClipFile",
    "ClipResult",
    "ClipSearch",
    "Journal",
    "PreviousResults",
    "ScoreJob",
    "ScoredLine",
    "Settings",
    "failed_line",
    "find_clips",
    "identified",
    "score_clips",
    "score_job",
    "scored_line",
]
