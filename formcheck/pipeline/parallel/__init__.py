"""A clip detected in segments that any number of processes can share, at as many frames as the movement needs."""
