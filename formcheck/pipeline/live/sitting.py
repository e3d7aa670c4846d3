"""A day at the desk: a look by the camera every few seconds, prompts at the desktop, a stretch where one is wanted.

The camera is closed between looks, so that calls can have it; a look that it does not give is one in which nothing was seen. No
picture is kept beyond its look. Nothing that fails at the desktop, or in the history, ends the day.
"""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import SimpleQueue
from time import monotonic, sleep
from typing import Protocol

from formcheck.analysis.sitting import SNOOZE_S, Prompt, Prompted, SittingDay, SittingWatch
from formcheck.core import wording
from formcheck.core.durations import format_minutes
from formcheck.core.errors import FormcheckError, SourceError
from formcheck.core.interfaces import Engine, EngineInfo, Image
from formcheck.core.wording.language import joined, number
from formcheck.people.history import History, SittingRecord
from formcheck.people.history.writer import Record, new_entry
from formcheck.pipeline.sitting import EVERY_S, look
from formcheck.system.desktop import DesktopUse, desktop_use
from formcheck.ui.notice import Notices
from formcheck.ui.terminal_keys import Keyboard

PLAN = "sitting"
"""What the history calls it."""

POLL_S = 0.25
"""So often keys and buttons are looked at."""

OUT_OF_SEAT_EVERY_S = 5.0
"""The stretch is told to the count as if it had been looked at so often."""

STRETCH, SNOOZE, QUIT = "n", "s", "q"
"""The keys; Esc quits, too."""


class Stretching(Protocol):
    """The stretch that is offered. Calling it holds a session and returns whether anything was held.

    `hurt`: it hurt more than mildly, and is not offered again.
    """

    @property
    def title(self) -> str: ...

    @property
    def seconds(self) -> float: ...

    @property
    def hurt(self) -> bool: ...

    def __call__(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingOptions:
    """What the person requested. `for_s` ends the day by itself. Without `notices` it counts and says nothing."""

    every_s: float = EVERY_S
    for_s: float | None = None
    notices: bool = True
    muted: bool = False
    profile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWorld:
    """What of the world outside a day at the desk needs: a clock (seconds), waiting, the desktop and its notices."""

    clock: Callable[[], float] = monotonic
    wait: Callable[[float], None] = sleep
    use: Callable[[], DesktopUse] = desktop_use
    notices: Callable[[], Notices] = Notices


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAtDesk:
    """What came of it: the `day`, when it `started`, and what it was looked at with."""

    day: SittingDay
    started: datetime
    engine: EngineInfo


def sit(
    take_picture: Callable[[], Image],
    engine: Engine,
    options: SittingOptions,
    *,
    stretch: Stretching | None,
    tell: Callable[[str], None],
    stopped: Callable[[], bool],
    world: DeskWorld | None = None,
) -> DayAtDesk:
    """Look, count and prompt until it is ended; return the day.

    `take_picture` raises SourceError where there is none, `tell` takes sentences for the terminal. Raises SourceError where
    there is no picture at the very beginning.
    """
    first = take_picture()
    with ExitStack() as stack:
        stack.enter_context(engine)
        day = _Day(take_picture, engine, options, stretch, tell, world or DeskWorld(), stack)
        day.run(first, stopped)
        return day.result()


class _Day:
    def __init__(
        self,
        take_picture: Callable[[], Image],
        engine: Engine,
        options: SittingOptions,
        stretch: Stretching | None,
        tell: Callable[[str], None],
        world: DeskWorld,
        stack: ExitStack,
    ) -> None:
        self._take_picture = take_picture
        self._engine = engine
        self._options = options
        self._stretch = stretch
        self._tell = tell
        self._world = world
        self._history = stack.enter_context(History.open())
        self._notices = stack.enter_context(world.notices()) if options.notices else None
        self._keyboard = Keyboard()
        self._wishes: SimpleQueue[str] = SimpleQueue()
        self._began_s = world.clock()
        self._started = datetime.now().astimezone()
        self._watch = SittingWatch(engine.traits)
        self._trouble: str | None = None
        self._troubles_told: set[str] = set()

    def run(self, first: Image, stopped: Callable[[], bool]) -> None:
        """Go on until it is ended from outside, by key, or as its time is over."""
        record = self._begin()
        image: Image | None = first
        next_s = 0.0
        with self._keyboard:
            self._introduce()
            while not (stopped() or self._over()):
                if self._now_s() >= next_s:
                    self._look(image if image is not None else self._picture())
                    image = None
                    record.sit(recorded(self._watch.day))
                    self._tell_once(self._history.trouble)
                    # Looks that were missed, as while the computer slept, are not made up for.
                    next_s = max(next_s + self._options.every_s, self._now_s())
                if self._wished():
                    break
                self._world.wait(POLL_S)
        self._watch.finish(self._now_s())
        record.sit(recorded(self._watch.day))
        record.end()
        self._tell_once(self._history.trouble)

    def result(self) -> DayAtDesk:
        return DayAtDesk(day=self._watch.day, started=self._started, engine=self._engine.info)

    def _now_s(self) -> float:
        return self._world.clock() - self._began_s

    def _over(self) -> bool:
        return self._options.for_s is not None and self._now_s() >= self._options.for_s

    def _begin(self) -> Record:
        record = self._history.begin(new_entry(PLAN, self._options.profile))
        self._tell_once(self._history.trouble)
        return record

    def _introduce(self) -> None:
        self._tell(wording.SIT_BEGINS.format(every_s=number(self._options.every_s)))
        self._tell(wording.SIT_LIGHT)
        snooze = format_minutes(SNOOZE_S, from_s=0)
        if self._options.notices:
            for what in self._world.use().unknown:
                self._tell(wording.SIT_UNKNOWN[what].format(snooze=snooze))
        if self._keyboard.present:
            keys = wording.SIT_KEYS if self._stretch is None else wording.SIT_KEYS_STRETCH
            self._tell(keys.format(snooze=snooze))

    def _picture(self) -> Image | None:
        try:
            image = self._take_picture()
        except SourceError as error:
            if self._trouble is None:
                self._tell(wording.SIT_NO_PICTURE.format(reason=error))
            self._trouble = str(error)
            return None
        if self._trouble is not None:
            self._tell(wording.SIT_PICTURE_AGAIN)
        self._trouble = None
        return image

    def _look(self, image: Image | None) -> None:
        time_s = self._now_s()
        people = look(self._engine, image, time_s) if image is not None else None
        # What goes on at the desktop is asked only where it matters.
        disturb = self._options.notices and self._watch.due is not None and not self._world.use().busy
        prompt = self._watch.step(people, time_s, disturb=disturb)
        if prompt is not None:
            self._prompt(prompt)

    def _prompt(self, prompt: Prompt) -> None:
        template = wording.PROMPT_NO_BREAK if prompt.reason is Prompted.NO_BREAK else wording.PROMPT_NO_SHIFT
        title = template.format(minutes=round(prompt.sat_s / 60))
        snooze = wording.PROMPT_BUTTON_SNOOZE.format(snooze=format_minutes(SNOOZE_S, from_s=0))
        buttons: dict[str, Callable[[], None]] = {snooze: lambda: self._wishes.put(SNOOZE)}
        text = wording.PROMPT_STAND
        if self._stretch is not None:
            text = wording.PROMPT_STRETCH.format(title=self._stretch.title, seconds=round(self._stretch.seconds))
            buttons = {wording.PROMPT_BUTTON_STRETCH: lambda: self._wishes.put(STRETCH), **buttons}
        self._tell(joined(". ", (title, text)))
        if self._notices is not None and not self._notices.show(title, text, buttons, sound=not self._options.muted):
            self._tell_once(self._notices.trouble)
            if not self._options.muted and sys.stderr.isatty():
                sys.stderr.write("\a")

    def _wished(self) -> bool:
        """Do what was wished for by key or button; return whether that is to quit."""
        typed = self._keyboard.letters()
        while not self._wishes.empty():
            typed += self._wishes.get()
        for letter in typed:
            if letter in (QUIT, "\x1b"):
                return True
            if letter == SNOOZE:
                self._watch.snooze(self._now_s() + SNOOZE_S)
                until = datetime.now() + timedelta(seconds=SNOOZE_S)
                self._tell(wording.SIT_SNOOZED.format(until=f"{until:%H:%M}"))
            elif letter == STRETCH and self._stretch is not None:
                self._hold(self._stretch)
        return False

    def _hold(self, stretch: Stretching) -> None:
        """Hold the stretch, and count it as time out of the seat where it was one."""
        self._tell(wording.SIT_STRETCH_BEGINS.format(title=stretch.title))
        from_s = self._now_s()
        self._keyboard.__exit__()
        try:
            held = stretch()
        except FormcheckError as error:
            held = False
            self._tell(str(error))
        finally:
            self._keyboard.__enter__()
        at_s = from_s
        while held and at_s <= self._now_s():
            self._watch.step((), at_s, disturb=False)
            at_s += OUT_OF_SEAT_EVERY_S
        if stretch.hurt:
            self._stretch = None
        self._tell(wording.SIT_STRETCH_OVER)

    def _tell_once(self, trouble: str | None) -> None:
        if trouble is not None and trouble not in self._troubles_told:
            self._troubles_told.add(trouble)
            self._tell(trouble)


def recorded(day: SittingDay) -> SittingRecord:
    """Return a day as the history keeps it."""
    return SittingRecord(
        sat_s=round(day.sat_s, 1),
        away_s=round(day.away_s, 1),
        unseen_s=round(day.unseen_s, 1),
        longest_s=round(day.longest_s, 1),
        breaks=len(day.breaks),
        shifts=len(day.shifts),
        prompts=len(day.prompts),
    )
