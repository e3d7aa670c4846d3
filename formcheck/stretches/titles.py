"""Names of stretches, blocks, routines and programmes as people read them."""

import tomllib
from functools import cache

from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import Sentence
from formcheck.stretches.block_files import shipped_block
from formcheck.stretches.files import shipped_stretch
from formcheck.system.shipped import poses_folder

_PLANS = ("routines", "programmes")


def title_of(name: str) -> str:
    """Return the title of what is shipped under a name; of anything else its name in words."""
    spec = shipped_stretch(name) or shipped_block(name)
    title = spec.title if spec is not None else _title_of_plan(name)
    return title or one_line(name.replace("_", " ").capitalize())


@cache
def _title_of_plan(name: str) -> str | None:
    """The title of the shipped routine or programme called `name`; `None` where there is none of that name."""
    paths = (path for kind in _PLANS for path in (poses_folder() / kind).glob("*.toml") if path.stem == name)
    for path in paths:
        plan = tomllib.loads(path.read_text(encoding="utf-8"))
        return Sentence(plan["title"], own={code: texts["title"] for code, texts in plan.get("text", {}).items()})
    return None
