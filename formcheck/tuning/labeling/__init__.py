"""`formcheck record`: a clip is filmed or played in a window, labelled by key, and written with its labels.

`editor`, `filming`, `intervals` and `screen` fold keys and times into intervals and drawings, without clock, disk or window.
"""
