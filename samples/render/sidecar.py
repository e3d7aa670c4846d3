"""The text files beside a clip: labelled intervals (TOML) and true angles per frame (CSV)."""

from collections.abc import Sequence
from pathlib import Path

from .body import Side
from .clip import Clip
from .labels import Interval, intervals
from .moments import Moment, end_s

WITHOUT_SIDES = ("none", "bridge", "plank")
"""Nothing is stretched, or both legs do the same."""


def write_truth(clip: Clip, frames: Sequence[Moment], folder: Path) -> None:
    """The two text files beside a clip."""
    (folder / f"{clip.name}.toml").write_text(label_file(clip, label_runs(clip, frames), frames), encoding="utf-8")
    names = list(frames[0].measures)
    rows = [",".join(["time_s", *names])]
    rows += [",".join([f"{m.time_s:.3f}", *(f"{m.measures[name] + 0.0:.1f}" for name in names)]) for m in frames]
    (folder / f"{clip.name}.angles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def label_runs(clip: Clip, frames: Sequence[Moment]) -> list[Interval]:
    """The clip's labelled intervals."""
    return intervals([m.time_s for m in frames], [m.label for m in frames], end_s(clip))


def label_file(clip: Clip, runs: list[Interval], frames: Sequence[Moment]) -> str:
    """The clip's label file as text."""
    camera = clip.camera
    lines = [
        *([f"# {clip.note}"] if clip.note else []),
        "format = 1",
        f'pose = "{clip.pose}"',
        f'person = "{clip.person}"',
        f'part = "{clip.player.part}"',
        *([] if clip.pose in WITHOUT_SIDES else [f'stretched_side = "{"both" if clip.changes_sides else clip.stretched}"']),
        'source = "rendered"',
        "",
        "[camera]",
        f"yaw_deg = {camera.yaw_deg:.1f}",
        f"height_m = {camera.height_m:.2f}",
        f"distance_m = {camera.distance_m:.2f}",
        f"roll_deg = {camera.roll_deg:.1f}",
    ]
    head = "\n".join(lines) + "\n"
    return head + "".join(_interval(run, _own_side(clip, run, frames)) for run in runs)


def _interval(run: Interval, side: str | None) -> str:
    lines = ["[[intervals]]", f"start_s = {run.start_s:.3f}", f"end_s = {run.end_s:.3f}", f'label = "{run.label}"']
    if side is not None:
        lines.append(f'stretched_side = "{side}"')
    return "\n" + "\n".join(lines) + "\n"


def _own_side(clip: Clip, run: Interval, frames: Sequence[Moment]) -> Side | None:
    """The stretched side of an interval, in a clip that shows both."""
    if not clip.changes_sides or run.label in {"other", "unseen"}:
        return None
    return next(m.side for m in frames if m.time_s >= run.start_s)
