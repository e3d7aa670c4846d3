"""A day before the camera, run in no time: looks, prompts, keys and buttons, the stretch, and what the history has of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest

from formcheck.core import wording
from formcheck.core.errors import OutputError, SourceError
from formcheck.core.interfaces import Frame, Image
from formcheck.core.values import Landmarks
from formcheck.people.history.database import Store
from formcheck.pipeline.live.sitting import STRETCH, DayAtDesk, DeskWorld, SittingOptions, sit
from formcheck.pipeline.sitting import look, sit_through, sitting_document
from formcheck.system.desktop import DesktopUse
from formcheck.system.paths import history_file
from formcheck.vision.engines import EngineModel
from tests.support.media import noisy_pictures, record
from tests.support.seated import ASIDE, DARK, HERE, NOBODY, People, Stay
from tests.support.toy_engine import ToyEngine

CALM = DesktopUse(camera=False, microphone=False, full_screen=False)
CALL = DesktopUse(camera=True, microphone=True, full_screen=False)
BRIGHT = np.full((90, 160, 3), (200, 120, 80), np.uint8)
BRIGHT[:, 80:] = 30


class DeskEngine(ToyEngine):
    """Sees in a picture what the day says of that time."""

    def __init__(self, seen: Callable[[], People]) -> None:
        self.seen = seen

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return tuple(self.seen() or ())


class FakeNotices:
    trouble: str | None = None

    def __init__(self, shown: list[tuple[str, Mapping[str, Callable[[], None]]]], works: bool) -> None:
        self.shown, self.works = shown, works

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""

    def show(self, title: str, text: str, buttons: Mapping[str, Callable[[], None]], *, sound: bool) -> bool:
        self.shown.append((title, buttons))
        self.trouble = None if self.works else "no service"
        return self.works


@dataclass
class World:
    """A desk with a clock that runs as fast as it is waited for. `at` maps seconds to what happens then."""

    stays: Sequence[Stay]
    use: DesktopUse = CALM
    notices_work: bool = True
    at: dict[float, Callable[["World"], None]] = field(default_factory=dict)
    now_s: float = 0.0
    trouble: SourceError | None = None
    pictures: int = 0
    said: list[str] = field(default_factory=list)
    shown: list[tuple[str, Mapping[str, Callable[[], None]]]] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        for time_s in [one for one in self.at if one <= self.now_s]:
            self.at.pop(time_s)(self)

    def people(self) -> People:
        left_s = self.now_s
        for stay in self.stays:
            left_s -= 60 * stay.minutes
            if left_s < 0:
                return stay.people
        return NOBODY

    def picture(self) -> Image:
        self.pictures += 1
        if self.trouble is not None:
            raise self.trouble
        return np.zeros((90, 160, 3), np.uint8) if self.people() is DARK else BRIGHT

    def run(self, stretch: Any = None, **options: Any) -> DayAtDesk:
        end_s = 60 * sum(stay.minutes for stay in self.stays)
        return sit(
            self.picture,
            DeskEngine(self.people),
            SittingOptions(for_s=end_s, muted=True, **options),
            stretch=stretch,
            tell=self.said.append,
            stopped=lambda: False,
            world=DeskWorld(
                clock=lambda: self.now_s,
                wait=self.wait,
                use=lambda: self.use,
                notices=lambda: FakeNotices(self.shown, self.notices_work),  # type: ignore[arg-type,return-value]
            ),
        )


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    yield
    assert not [path for path in (tmp_path / "data").rglob("*") if path.suffix in {".png", ".jpg", ".mp4"}]


def test_a_day_is_counted_and_kept() -> None:
    world = World([Stay(10, HERE), Stay(5, NOBODY), Stay(5, ASIDE), Stay(3, DARK), Stay(2, HERE)])
    day = world.run(every_s=10.0).day
    assert day.sat_s == pytest.approx(17 * 60, abs=30)
    assert day.unseen_s == pytest.approx(3 * 60, abs=30)
    assert len(day.breaks) == 1
    assert world.pictures == pytest.approx(25 * 6, abs=2)
    with Store(history_file()) as store:
        (entry,) = store.recent()
    assert entry.plan == "sitting"
    assert entry.ended is not None
    assert entry.sitting is not None
    assert entry.sitting.sat_s == pytest.approx(day.sat_s, abs=0.1)
    assert entry.sitting.breaks == 1


def test_the_light_and_what_is_not_known_are_said() -> None:
    unknown = DesktopUse(camera=False, microphone=None, full_screen=None)
    world = World([Stay(0.5, HERE)], use=unknown)
    world.run()
    assert wording.SIT_LIGHT in world.said
    assert sum("Not known here" in line for line in world.said) == 2
    silent = World([Stay(0.5, HERE)], use=unknown)
    silent.run(notices=False)
    assert not [line for line in silent.said if "Not known here" in line]


def test_no_notice_comes_in_a_call_and_one_after_it() -> None:
    world = World([Stay(60, HERE)], use=CALL, at={45 * 60: lambda one: setattr(one, "use", CALM)})
    day = world.run().day
    assert [round(prompt.time_s / 60) for prompt in day.prompts] == [45, 60] or len(day.prompts) == 1
    assert day.prompts[0].time_s >= 45 * 60
    assert World([Stay(60, HERE)], use=CALL).run().day.prompts == ()
    full = DesktopUse(camera=None, microphone=None, full_screen=True)
    assert World([Stay(60, HERE)], use=full).run().day.prompts == ()


def test_without_notices_it_counts_alone() -> None:
    world = World([Stay(60, HERE)])
    assert world.run(notices=False).day.prompts == ()
    assert world.shown == []


def test_a_notice_that_fails_is_said_once_and_printed() -> None:
    world = World([Stay(60, HERE)], notices_work=False)
    day = world.run().day
    assert len(day.prompts) == len(world.shown) == 2
    assert world.said.count("no service") == 1
    assert sum("You have sat" in line for line in world.said) == 2


def test_a_snooze_by_button_is_kept() -> None:
    def press(world: World) -> None:
        world.shown[0][1][wording.PROMPT_BUTTON_SNOOZE.format(snooze="30 min")]()

    world = World([Stay(60, HERE)], at={18 * 60: press})
    day = world.run().day
    assert [round(one.time_s / 60) for one in day.prompts] == [17, 48]
    assert [line for line in world.said if line.startswith("No prompt until")]


class FakeStretch:
    title, seconds = "Standing psoas stretch", 60.0

    def __init__(self, world: World, outcome: bool | Exception, *, hurt: bool = False) -> None:
        self.world, self.outcome, self.hurt = world, outcome, hurt

    def __call__(self) -> bool:
        self.world.now_s += 90
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(("outcome", "breaks"), [(True, 1), (False, 0), (OutputError("There is no window."), 0)])
def test_the_stretch_is_held_and_looking_goes_on(outcome: bool | Exception, breaks: int) -> None:
    def press(world: World) -> None:
        assert "60 s in all" in next(line for line in world.said if "You have sat" in line)
        world.shown[0][1][wording.PROMPT_BUTTON_STRETCH]()

    world = World([Stay(40, HERE)], at={18 * 60: press})
    day = world.run(FakeStretch(world, outcome)).day
    assert len(day.breaks) == breaks
    assert day.sat_s == pytest.approx(38.5 * 60, abs=30)
    assert wording.SIT_STRETCH_OVER in world.said
    assert STRETCH == "n"


def test_a_stretch_that_hurt_is_not_offered_again() -> None:
    world = World([Stay(60, HERE)], at={18 * 60: lambda one: one.shown[0][1][wording.PROMPT_BUTTON_STRETCH]()})
    world.run(FakeStretch(world, True, hurt=True))
    assert [len(buttons) for _, buttons in world.shown] == [2, 1]


def test_a_camera_that_is_taken_is_told_once_and_looked_for_again() -> None:
    def take(world: World) -> None:
        world.trouble = SourceError("camera 0: another program is using it.")

    world = World([Stay(20, HERE)], at={300: take, 600: lambda one: setattr(one, "trouble", None)})
    day = world.run().day
    assert day.unseen_s == pytest.approx(300, abs=10)
    assert day.breaks == ()
    assert sum("another program is using it" in line for line in world.said) == 1
    assert wording.SIT_PICTURE_AGAIN in world.said
    with pytest.raises(SourceError):
        World([Stay(1, HERE)], trouble=SourceError("none")).run()


def test_a_plain_wall_is_an_empty_desk_and_a_dark_picture_is_none() -> None:
    engine = DeskEngine(lambda: NOBODY)
    assert look(engine, np.full((90, 160, 3), 180, np.uint8), 0.0) == ()
    assert look(engine, np.zeros((90, 160, 3), np.uint8), 0.0) is None


SEATED_FACTORY = f"{__name__}:create_seated"
_SECONDS: list[float] = []


def create_seated(model_file: Path | None, *, still: bool = False) -> DeskEngine:
    class Timed(DeskEngine):
        def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
            _SECONDS.append(frame.time_s)
            return tuple((NOBODY if 300 <= frame.time_s < 420 else HERE) or ())

    return Timed(lambda: HERE)


@pytest.mark.parametrize(("count", "step_s", "every_s", "looked"), [(90, 10.0, 5.0, 90), (90, 10.0, 30.0, 30)])
def test_a_film_is_looked_at_at_its_own_times(tmp_path: Path, count: int, step_s: float, every_s: float, looked: int) -> None:
    _SECONDS.clear()
    clip = record(tmp_path / "desk.mp4", noisy_pictures(count), [i * step_s for i in range(count)])
    film = sit_through(clip, EngineModel(engine="seated", factory=SEATED_FACTORY, file=None), every_s=every_s)
    assert len(_SECONDS) == looked
    (found,) = film.day.breaks
    assert found.start_s == 300.0
    assert found.end_s == pytest.approx(420.0, abs=every_s)
    document = sitting_document(film.day, film.engine, every_s, film=film)
    assert document.sat_s + document.away_s + document.unseen_s == pytest.approx(count * step_s, abs=2 * every_s)
    assert document.clip is not None
    assert document.model_dump_json()
    assert list(document.model_dump()) == [
        *("schema_version", "formcheck_version", "clip", "camera", "started", "engine", "every_s"),
        *("sat_s", "away_s", "unseen_s", "standing_s", "leaning_in_s", "longest_s", "breaks", "shifts", "prompts"),
    ]
