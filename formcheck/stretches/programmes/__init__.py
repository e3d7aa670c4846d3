"""Programmes: levels, and the rules by which pain leads from one to another. `spec` is pure."""
