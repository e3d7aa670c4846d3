"""What a guided session says and instructs."""
