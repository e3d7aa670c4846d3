"""From moments to a scored clip: tallies per stretch, and the document that `--json` writes."""

from formcheck.analysis.scoring.document import SCHEMA_VERSION, Document, LiveDocument, PainEntry, SessionDocument, TaskEntry
from formcheck.analysis.scoring.result import Result, Scorer, Series, band_of

__all__ = [
    "SCHEMA_VERSION",
    "Document",
    "LiveDocument",
    "PainEntry",
    "Result",
    "Scorer",
    "Series",
    "SessionDocument",
    "TaskEntry",
    "band_of",
]
