"""What formcheck ships with beside its code: the pose files, and the pages for the person."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def poses_folder() -> Path:
    """Return their folder: `poses/` of a checkout, which travels as `formcheck/poses/` in a wheel."""
    packaged = _PACKAGE / "poses"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "poses"


def page_file(name: str, language: str) -> Path:
    """Return the page `name` of `docs/` in a language, and in English where there is none in it."""
    packaged = _PACKAGE / "docs"
    folder = packaged if packaged.is_dir() else _PACKAGE.parent / "docs"
    translated = folder / f"{name}.{language}.md"
    return translated if translated.is_file() else folder / f"{name}.md"


def shipped_and_own(kind: str, own: Path) -> dict[str, Path]:
    """Return the files of a `kind`, as "routines", by name: those beside the pose files, and those in the folder `own`.

    One of their own takes the place of a shipped one of the same name.
    """
    files = {path.stem: path for folder in (poses_folder() / kind, own) for path in folder.glob("*.toml")}
    return dict(sorted(files.items()))
