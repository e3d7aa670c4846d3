"""Checks: what is read of a joint in a few trials, whether the posture allows a verdict, and which band it is."""
