"""What is heard: chimes and spoken sentences."""
