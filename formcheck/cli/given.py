"""What is given to a check: the name of something known, or a file, whatever its ending."""

from pathlib import Path

from formcheck.posefile import is_path


def as_given(text: str) -> str:
    """Return `text` so that it is looked up as what it is: a file that is there is a path."""
    return f"./{text}" if not is_path(text) and Path(text).is_file() else text
