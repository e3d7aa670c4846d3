"""Marking by hand what is true of a clip: keys and times are folded into intervals, without clock, disk or screen."""
