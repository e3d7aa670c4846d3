"""Reports of hand-made bodies, and what a page says as text."""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.result import Scorer
from formcheck.analysis.scoring.track import TrackBuilder
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.stretches import StretchSpec
from formcheck.ui.report.page import ReportPart
from tests.support.scenes import FPS, Scene

ENGINE = EngineInfo(name="hands", version="1.2.3", model="none")


def reported(
    specs: StretchSpec | Sequence[StretchSpec], shots: Scene, *, path: str = "clip.mp4", still: bool = False
) -> ReportPart:
    """Return what a report shows of a scene."""
    candidates = [specs] if isinstance(specs, StretchSpec) else list(specs)
    session, scorer, track = FormAnalyzer(candidates), Scorer(candidates, still=still), TrackBuilder(candidates, still=still)
    for time_s, people in shots:
        moment = session.step(people, time_s)
        scorer.add(moment)
        track.add(moment)
    length_s = 0.0 if still else len(shots) / FPS
    clip = ClipInfo(path=path, width=1920, height=1080, fps=FPS, expected_s=None, still=still)
    result = scorer.result(clip, ENGINE, length_s, session.summary(length_s))
    return ReportPart(result=result, track=track.track(result.document.pose, 16 / 9))


def renamed(part: ReportPart, spec: StretchSpec) -> ReportPart:
    """Return the same with another stretch, of other words."""
    return replace(part, result=replace(part.result, spec=spec))


class Page(HTMLParser):
    """A page taken apart: `text` is what it says outside drawings and scripts, `tags` every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self._inside.append(dict(attrs).get("id") or tag)
        elif tag == "svg":
            self._inside.append(tag)
        else:
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title", "svg"):
            self._inside.pop()
        self.text += " "

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.blocks[self._inside[-1]] = self.blocks.get(self._inside[-1], "") + data
        else:
            self.text += data

    @property
    def labels(self) -> str:
        """What is read aloud in place of what is drawn, and the title."""
        said = [tag.get(name) or "" for _, tag in self.tags for name in ("alt", "aria-label", "title")]
        return " ".join([self.blocks["title"], *said])

    @property
    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}


def check_alone(html: str) -> None:
    """Check that a page has everything in it, and that its policy lets nothing else in."""
    page = Page(html)
    (policy,) = [tag["content"] or "" for _, tag in page.tags if tag.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    script = html[html.rindex("<script>") + len("<script>") : html.rindex("</script>")]
    style = html[html.index("<style>") + len("<style>") : html.index("</style>")]
    for kind, text in (("script-src", script), ("style-src", style)):
        assert rules[kind] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert "unsafe" not in policy
    assert not [tag for _, tag in page.tags if "style" in tag or any(name.startswith("on") for name in tag)]
    assert not [
        url for _, tag in page.tags for name in ("src", "href") if (url := tag.get(name)) and not re.match("data:|#", url)
    ]
    assert "link" not in page.names
    ids = [tag["id"] for _, tag in page.tags if "id" in tag]
    assert len(ids) == len(set(ids))


def numbers(text: str) -> set[str]:
    """Return the numbers of a text as they are written, without signs."""
    return set(re.findall(r"\d+(?::\d\d)?(?:\.\d+)?", text))


def told_by(value: Any) -> Iterator[str]:
    """Yield every way in which the numbers of a document may be written for people."""
    if isinstance(value, dict):
        for one in value.values():
            yield from told_by(one)
    elif isinstance(value, list):
        for one in value:
            yield from told_by(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        size = abs(value)
        whole = int(size + 0.005)
        yield from (f"{size:g}", f"{size:.0f}", f"{size:.1f}", f"{100 * size:.0f}", f"{whole}")
        yield from (f"{whole // 60}:{whole % 60:02d}", f"{whole // 60}", f"{whole % 60}")
    elif isinstance(value, str):
        yield from numbers(value)
