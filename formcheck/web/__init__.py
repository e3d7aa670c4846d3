"""The app: a server on this machine alone, and the page that it serves. The page sends pictures and keys, and gets back what to
show and say; the guided session behind it is that of `formcheck live`.
"""
