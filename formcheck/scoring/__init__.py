"""From moments to a scored clip: tallies per stretch, and the document that `--json` writes."""

from formcheck.scoring.document import SCHEMA_VERSION, Document, SessionDocument
from formcheck.scoring.result import Result, Scorer, band_of

__all__ = ["SCHEMA_VERSION", "Document", "Result", "Scorer", "SessionDocument", "band_of"]
