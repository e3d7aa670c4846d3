"""Names that the shell completes. It waits for them at every press of the key, so nothing is imported to read a file."""

from formcheck.system.paths import blocks_folder, checks_folder, profiles_folder, programmes_folder, routines_folder
from formcheck.system.shipped import poses_folder, shipped_and_own

_ROUTINES, _PROGRAMMES = "routine", "programme"


def stretches() -> list[str]:
    """Return the names of the shipped stretches."""
    return sorted(path.stem for path in poses_folder().glob("*.toml"))


def routines() -> list[str]:
    """Return the names of all routines, the person's own among them."""
    return [*shipped_and_own("routines", routines_folder())]


def checks() -> list[str]:
    """Return the names of all checks, the person's own among them."""
    return [*shipped_and_own("checks", checks_folder())]


def routines_and_programmes() -> list[str]:
    """Return the names of all routines and programmes, the person's own among them."""
    return sorted({*routines(), *shipped_and_own("programmes", programmes_folder())})


def blocks() -> list[str]:
    """Return the names of all guided blocks, the person's own among them."""
    return [*shipped_and_own("blocks", blocks_folder())]


def checked() -> list[str]:
    """Return what `formcheck poses check` knows by name."""
    return [*stretches(), *blocks(), *checks()]


def plans() -> list[str]:
    """Return what a session can be of."""
    return [*stretches(), *routines_and_programmes(), *blocks(), _ROUTINES, _PROGRAMMES]


def profiles() -> list[str]:
    """Return the names of all profiles."""
    return sorted(path.stem for path in profiles_folder().glob("*.toml"))


def kept() -> list[str]:
    """Return the kinds of what is kept on this machine."""
    from formcheck.people.kept import KINDS

    return [*KINDS, "all"]


def models() -> list[str]:
    """Return the names of the pose models."""
    return ["lite", "full", "heavy"]
