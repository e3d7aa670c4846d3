"""A person is read, from a film or before the camera: a baseline, and a flexibility check."""
