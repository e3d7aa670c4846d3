"""A first draft of a pose file, from a clip of somebody doing it right: numbers are proposed, words left to the author."""

from formcheck.draft.finding import Finding, find
from formcheck.draft.legs import Casting, cast
from formcheck.draft.propose import Draft, propose
from formcheck.draft.still import DraftError, Hold, find_hold
from formcheck.draft.text import pose_file

__all__ = ["Casting", "Draft", "DraftError", "Finding", "Hold", "cast", "find", "find_hold", "pose_file", "propose"]
