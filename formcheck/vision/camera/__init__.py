"""A camera as a source: always the newest frame.

A camera does not wait. A consumer slower than the camera gets fewer frames, never older ones, so `Camera` has no iterator:
each consumer has a `Feed` that returns the newest frame. Nothing is recorded.
"""
