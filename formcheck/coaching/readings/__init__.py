"""Folds that read a person instead of guiding through stretches: a baseline, and a flexibility check."""
