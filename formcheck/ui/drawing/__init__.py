"""What is drawn on a frame, as data. Pure."""
