"""Clips, many clips and live sessions run: video or camera, engine, analysis and outputs together."""
