"""`formcheck record`: a clip is filmed or wound through in a window, marked by key, and written with its labels."""
