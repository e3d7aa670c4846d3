"""What becomes of the film of a clip in its report."""

from enum import StrEnum


class FilmChoice(StrEnum):
    """What becomes of the film."""

    EMBED = "embed"
    LINK = "link"
    LEAVE_OUT = "leave out"
