"""A page of any kind: one file with everything in it, and a policy that lets nothing else in."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from formcheck.core import wording
from formcheck.core.plain_text import whole_characters
from formcheck.core.version import __version__
from formcheck.core.wording.language import shown, spoken
from formcheck.ui.report.film import Film

TEMPLATES = Path(__file__).parent / "template"

_SCRIPT_WORDS = {
    "play": wording.REPORT_PLAY,
    "pause": wording.REPORT_PAUSE,
    "copied": wording.REPORT_COPIED,
    "failed": wording.REPORT_FILM_FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingPicture:
    """A picture that moves: the places of its skeleton and of its film among those of the page."""

    part: int
    film: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """From when to when a player goes, in seconds, and at which time each of its clips is when the player is at 0 s."""

    begin: float
    end: float
    zeros: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Pictures that move together. Where there are several alignments the person chooses one; the first is shown at first.

    `relative`: its times are told from 0 s on, before and after, and not as those of a clip.
    """

    stages: tuple[MovingPicture, ...]
    alignments: tuple[Alignment, ...]
    relative: bool = False


def html_page(
    template: str, parts: Sequence[Mapping[str, Any]], players: Sequence[Player], films: Sequence[Film], **values: Any
) -> str:
    """Return the page of a template of the folder `template`, with `values` for it.

    `parts` are the skeletons of all that moves on it, and `players` are what the script moves, one for each element with
    `data-player`.
    """
    from markupsafe import Markup

    data = {
        "films": [{"begin": film.begin_s} for film in films],
        "parts": parts,
        "players": [asdict(player) for player in players],
        "words": {key: shown(word) for key, word in _SCRIPT_WORDS.items()},
    }
    return filled(
        template,
        script=_file("page.js"),
        media="blob: file: 'self'" if any(film.href is not None for film in films) else "blob:",
        **values,
        films=films,
        contents=[base64.b64encode(film.content).decode() if film.content is not None else None for film in films],
        data=Markup(_json(data)),  # noqa: S704 (nothing in it can end its block)
    )


def filled(template: str, *, script: str | None = None, media: str = "", **values: Any) -> str:
    """Return the page of a template of the folder `template`, in the language that is spoken.

    Each of the `values` for it is text and nothing else.

    `script` is its script, if it has one, and `media` where a film may come from.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    styles = _file("page.css")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    page = environment.get_template(template).render(
        **values,
        words=wording,
        language=spoken().language,
        version=__version__,
        styles=Markup(styles),  # noqa: S704 (our own file)
        script=Markup(script) if script is not None else None,  # noqa: S704
        policy=_policy(styles, script, media),
    )
    return whole_characters(page)


@lru_cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _policy(styles: str, script: str | None, media: str) -> str:
    """Return what the page may load: its own styles and script, by their sums, and its own pictures and films."""

    def sum_of(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    parts = ["default-src 'none'", "img-src data:", f"style-src {sum_of(styles)}"]
    parts += [f"media-src {media}"] if media else []
    parts += [f"script-src {sum_of(script)}"] if script is not None else []
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def policy_of(page: str) -> str:
    """Return the policy that a page of ours has in its head, for who serves it."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def _json(data: Any) -> str:
    """Return JSON that can stand in a script element: in it nothing ends that, or begins a comment."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
