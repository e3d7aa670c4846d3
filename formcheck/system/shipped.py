"""The pose files that formcheck ships with."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def poses_folder() -> Path:
    """Return their folder: `poses/` of a checkout, which travels as `formcheck/poses/` in a wheel."""
    packaged = _PACKAGE / "poses"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "poses"
