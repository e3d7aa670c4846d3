"""What a data file got wrong, in lines a person can act on: key path, what is wrong, a suggestion if one is near."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to end a sentence with, or a full stop where no known word is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else "."


def lines(error: ValidationError, tables: Mapping[str, type[BaseModel]]) -> list[str]:
    """Return a line for every fault in `error`. `tables` are the models of the file's tables by key, "" for its top."""
    # A list whose every entry is faulty counts as empty, too; that is no news.
    news = [fault for fault in error.errors(include_url=False) if not (fault["type"] == "too_short" and fault["input"])]
    return [_line(fault, tables) for fault in news]


def _line(fault: Any, tables: Mapping[str, type[BaseModel]]) -> str:
    path = fault["loc"]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    if fault["type"] == "extra_forbidden":
        inner = [part for part in path[:-1] if isinstance(part, str)]
        return f"{where}: unknown key{did_you_mean(str(path[-1]), tables[inner[-1] if inner else ''].model_fields)}"
    if fault["type"] == "missing":
        return f"{where}: missing"
    text = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "value_error":
        return f"{where}: {text}" if where else text
    return f"{where}: {text[:1].lower()}{text[1:]} (found {fault['input']!r})"
