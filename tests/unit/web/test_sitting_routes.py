"""A day at the desk on the page: what it is told of its looks, when to get up, and what the history keeps."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image as PillowImage

from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import Frame
from formcheck.core.values import Landmarks
from formcheck.people.history import SittingRecord
from formcheck.people.history.database import Store
from formcheck.pipeline.live.sitting import OFFERED, DeskWorld
from formcheck.system.desktop import DesktopUse
from formcheck.system.paths import history_file
from formcheck.web.routes.sitting import PageDay
from formcheck.web.screen import Message
from formcheck.web.session import PageSession
from tests.support.asked import Ask, app, asked
from tests.support.rehearsal import RIGHT, Rehearsal, both
from tests.support.seated import HERE, NOBODY, People
from tests.support.toy_engine import ToyEngine

CALM = DesktopUse(camera=False, microphone=False, full_screen=False)
CALL = DesktopUse(camera=True, microphone=None, full_screen=False)
EVERY_S = 20.0


def jpeg() -> bytes:
    pixels = np.full((90, 160, 3), (200, 120, 80), np.uint8)
    pixels[:, 80:] = 30
    packed = io.BytesIO()
    PillowImage.fromarray(pixels).save(packed, "JPEG")
    return packed.getvalue()


@dataclass
class Desk(ToyEngine):
    """A desk, who is at it, and a clock that runs as fast as the page looks."""

    people: People = HERE
    use: DesktopUse = CALM
    now_s: float = 0.0
    prompts: list[Message] = field(default_factory=list)

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return tuple(self.people or ())

    def day(self, *, prompts: bool = True) -> PageDay:
        world = DeskWorld(clock=lambda: self.now_s, use=lambda: self.use)
        return PageDay(self, EVERY_S, None, prompts=prompts, world=world)

    def sit(self, day: PageDay, minutes: float, picture: bytes | None = None, session: PageSession | None = None) -> Message:
        end_s, state = self.now_s + 60 * minutes, day.state()
        while self.now_s < end_s:
            self.now_s += EVERY_S
            state = day.look(jpeg() if picture is None else picture, session)
            self.prompts += [state["prompt"]] if state["prompt"] else []
        return state


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


def kept() -> SittingRecord:
    with Store(history_file()) as store:
        (entry,) = store.recent()
    assert entry.sitting is not None
    return entry.sitting


def test_a_day_is_counted_and_kept() -> None:
    desk = Desk()
    day = desk.day()
    desk.sit(day, 10)
    desk.people = NOBODY
    desk.sit(day, 3)
    desk.people = HERE
    state = desk.sit(day, 5)
    assert {"name": wording.SIT_BREAKS, "value": "1"} in state["rows"]
    assert day.end()["running"] is False
    assert kept().sat_s == pytest.approx(15 * 60, abs=2 * EVERY_S)
    assert kept().away_s == pytest.approx(3 * 60, abs=2 * EVERY_S)
    assert kept().breaks == 1


def test_without_a_picture_nothing_is_counted_as_sitting() -> None:
    desk = Desk()
    day = desk.day()
    desk.sit(day, 5)
    desk.sit(day, 10, picture=b"")
    desk.sit(day, 2, picture=b"no picture")
    day.end()
    assert kept().sat_s == pytest.approx(5 * 60, abs=2 * EVERY_S)
    assert kept().unseen_s == pytest.approx(12 * 60, abs=2 * EVERY_S)
    assert kept().breaks == 0


def test_who_sits_for_long_is_told_but_not_in_a_call_nor_while_they_wish_not_to_be() -> None:
    desk = Desk(use=CALL)
    day = desk.day()
    assert day.state()["knows_all"] is False
    desk.sit(day, 40)
    assert desk.prompts == []
    desk.use = CALM
    desk.sit(day, 5)
    (prompt,) = desk.prompts
    assert "You have sat" in prompt["title"]
    assert prompt["plan"] == OFFERED
    assert day.snooze()["snoozed"] is not None
    desk.sit(day, 25)
    assert len(desk.prompts) == 1


def test_who_wants_no_prompts_has_none() -> None:
    desk = Desk()
    desk.sit(desk.day(prompts=False), 60)
    assert desk.prompts == []


@pytest.mark.parametrize(("held", "breaks"), [(True, 1), (False, 0)])
def test_a_stretch_that_was_held_is_a_break_and_there_are_no_looks_meanwhile(held: bool, breaks: int) -> None:
    @dataclass
    class Session:
        fold: object

    told = Rehearsal.of(*both())
    if held:
        told.see(20.0, RIGHT)
    desk = Desk()
    day = desk.day()
    desk.sit(day, 10)
    desk.people = NOBODY  # what the camera of the session sees is none of the desk's
    desk.sit(day, 3, session=cast("PageSession", Session(told.session)))
    desk.people = HERE
    desk.sit(day, 5)
    day.end()
    assert kept().breaks == breaks


def test_the_page_begins_looks_and_ends() -> None:
    page = app()

    async def work(ask: Ask) -> None:
        assert await ask("/api/sitting") == {"running": False}
        assert "begun" in (await ask("/api/sitting/snooze", {}))[0]
        for wrong in ({"every_s": 1}, {"every_s": 600}, {}):
            assert await ask("/api/sitting", wrong) == [wording.APP_MALFORMED]
        page.sitting.day = Desk().day()
        state = await ask("/api/sitting")
        assert (state["running"], state["every_s"], state["not_graded"]) == (True, EVERY_S, wording.SIT_NOT_GRADED)
        page.end()
        assert await ask("/api/sitting") == {"running": False}

    asked(page, work)


def test_a_look_that_comes_after_the_end_changes_nothing(home: Path) -> None:
    day = Desk().day()
    counted = day.end()
    with pytest.raises(FormcheckError, match="has ended"):
        day.look(jpeg(), None)
    with pytest.raises(FormcheckError, match="has ended"):
        day.snooze()
    assert day.state()["rows"] == counted["rows"]
