"""The version of the package: the build and every part that names it read it here."""

__version__ = "0.1.0"
