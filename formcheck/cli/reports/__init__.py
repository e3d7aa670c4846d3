"""What the commands print at the terminal."""
