"""Sound: chimes and spoken sentences."""
