"""Read check files. The shipped ones lie in `checks/` beside the pose files, the person's own in a folder that the caller names
(`own`). One of their own takes the place of a shipped one of the same name.
"""

from functools import partial
from pathlib import Path

from formcheck.core.errors import PoseFileError
from formcheck.stretches.checks import CheckSpec, check_text
from formcheck.stretches.files import has_key, read_toml
from formcheck.stretches.spec import is_path
from formcheck.stretches.validation import known_name
from formcheck.system.shipped import shipped_and_own


def check_paths(own: Path) -> dict[str, Path]:
    """Return the file of every check by its name: the shipped ones, and those in the folder `own`."""
    return shipped_and_own("checks", own)


def load_checks(own: Path) -> tuple[list[CheckSpec], list[PoseFileError]]:
    """Return every known check that can be used, and what is wrong with the others: one bad file hides no good one."""
    known, wrong = [], []
    for path in check_paths(own).values():
        try:
            known.append(_load(path))
        except PoseFileError as error:
            wrong.append(error)
    return known, wrong


def find_check(name: str, own: Path) -> CheckSpec:
    """Return the check called `name`, or the only one that begins so, or the one in the file of that path.

    Raises PoseFileError.
    """
    if is_path(name):
        return _load(Path(name))
    files = check_paths(own)
    advice = f"Your own lie in {own}; one that lies elsewhere is given by its path, ending in .toml."
    return _load(files[known_name(name, files, kind="check", error=PoseFileError, advice=advice)])


def is_check(name: str, own: Path) -> bool:
    """Return whether `name` is that of a check, or the path of a file of one."""
    return has_key(Path(name), "readings") if is_path(name) else name in check_paths(own)


def _load(path: Path) -> CheckSpec:
    return read_toml(path, partial(check_text, name=path.stem), kind="check file", error=PoseFileError)
