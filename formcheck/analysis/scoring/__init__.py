"""From moments to a scored clip: tallies per stretch, and the document that `--json` writes."""
