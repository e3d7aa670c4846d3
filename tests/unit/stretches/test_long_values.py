"""A value of any length in a file of any kind is told in a sentence that can be read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from formcheck.core.errors import FormcheckError
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.files import find_stretch
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.stretches.routine_files import ROUTINES
from formcheck.system.shipped import poses_folder

LONG = 50_000
MOST = 5_000
"""Characters of all that is told."""

KINDS: dict[str, tuple[str, Callable[[str], object]]] = {
    "stretch": ("supine_psoas.toml", find_stretch),
    "block": ("blocks/ball_massage.toml", BLOCKS.find),
    "check": ("checks/thomas.toml", CHECKS.find),
    "routine": ("routines/massage_and_stretch.toml", ROUTINES.find),
    "programme": ("programmes/hip_care.toml", PROGRAMMES.find),
}


def strings(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every string: the first of each list, as the others are alike."""
    match value:
        case str():
            yield path
        case dict():
            for key, inner in value.items():
                yield from strings(inner, (*path, key))
        case list() if value:
            yield from strings(value[0], (*path, 0))


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_any_length_is_cut_short_where_it_is_told(kind: str, tmp_path: Path) -> None:
    name, find = KINDS[kind]
    text = (poses_folder() / name).read_text(encoding="utf-8")
    places = list(strings(tomlkit.parse(text).unwrap()))
    assert places
    told = dict[tuple[Any, ...], int]()
    for place in places:
        whole: Any = tomlkit.parse(text).unwrap()
        table = whole
        for key in place[:-1]:
            table = table[key]
        table[place[-1]] = "x" * LONG
        path = tmp_path / "mine.toml"
        path.write_text(tomlkit.dumps(whole), encoding="utf-8")
        try:
            find(str(path))
        except FormcheckError as error:
            told[place] = len(str(error))
    assert told
    assert [place for place, length in told.items() if length > MOST] == []
