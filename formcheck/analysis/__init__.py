"""Landmarks become moments and a result: the view, the measurements against a stretch, the hold, the cue, the score. Pure."""
