"""Marking by hand what is true of a clip: keys and times are folded into intervals, without clock, disk or screen.

`formcheck record`: a clip is filmed or wound through in a window, marked by key, and written with its labels.
"""
