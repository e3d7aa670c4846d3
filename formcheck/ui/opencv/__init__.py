"""Painting of drawings, and windows, by OpenCV."""
