"""The page of what the history keeps: of all sessions over time, or of one of them."""
