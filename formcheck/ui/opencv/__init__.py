"""Drawings painted, and windows, by OpenCV."""
