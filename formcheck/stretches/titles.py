"""Names of stretches, blocks, routines and programmes as people read them."""

import tomllib
from functools import cache

from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import Sentence
from formcheck.stretches.files import shipped_stretch
from formcheck.system.shipped import poses_folder

_OTHERS = ("blocks", "routines", "programmes")


def title_of(name: str) -> str:
    """Return the title of what is shipped under a name; of anything else its name in words."""
    spec = shipped_stretch(name)
    title = spec.title if spec is not None else _title_of_other(name)
    return title or one_line(name.replace("_", " ").capitalize())


@cache
def _title_of_other(name: str) -> str | None:
    """The title of the shipped block, routine or programme called `name`; `None` where there is none of that name."""
    paths = (path for kind in _OTHERS for path in (poses_folder() / kind).glob("*.toml") if path.stem == name)
    for path in paths:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Sentence(data["title"], own={code: texts["title"] for code, texts in data.get("text", {}).items()})
    return None
