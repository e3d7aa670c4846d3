"""The report of a clip or session: one page in one file, that asks the network for nothing."""
