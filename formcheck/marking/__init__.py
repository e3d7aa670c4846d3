"""Marking by hand what is true of a clip: keys and times are folded into intervals. Nothing here touches clock, disk or screen."""
