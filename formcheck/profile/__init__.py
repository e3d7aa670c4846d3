"""Profiles: one person each, a file in the data folder that can be read and deleted."""

from formcheck.profile.kept import DEFAULT, ProfileError, delete, find, names, profile_file, save
from formcheck.profile.spec import Profile

__all__ = ["DEFAULT", "Profile", "ProfileError", "delete", "find", "names", "profile_file", "save"]
