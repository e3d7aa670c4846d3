"""The text files beside a clip: labelled intervals (TOML) and true angles per frame (CSV)."""

from collections.abc import Sequence
from pathlib import Path

from .clips import Clip
from .labels import Interval, intervals
from .moments import Moment
from .people import PEOPLE


def write_truth(clip: Clip, frames: Sequence[Moment], folder: Path) -> None:
    """The two text files beside a clip."""
    times, labels = [m.time_s for m in frames], [m.label for m in frames]
    runs = intervals(times, labels, float(len(frames) / clip.fps))
    (folder / f"{clip.name}.toml").write_text(label_file(clip, runs), encoding="utf-8")
    names = list(frames[0].measures)
    rows = [",".join(["time_s", *names])]
    rows += [",".join([f"{m.time_s:.3f}", *(f"{m.measures[name] + 0.0:.1f}" for name in names)]) for m in frames]
    (folder / f"{clip.name}.angles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def label_file(clip: Clip, runs: list[Interval]) -> str:
    """The clip's label file as text."""
    camera = clip.camera
    head = f"""format = 1
pose = "{clip.pose}"
person = "{clip.person}"
part = "{PEOPLE[clip.person].part}"
stretched_side = "{clip.stretched}"
source = "rendered"

[camera]
yaw_deg = {camera.yaw_deg:.1f}
height_m = {camera.height_m:.2f}
distance_m = {camera.distance_m:.2f}
roll_deg = {camera.roll_deg:.1f}
"""
    return head + "".join(
        f'\n[[intervals]]\nstart_s = {run.start_s:.3f}\nend_s = {run.end_s:.3f}\nlabel = "{run.label}"\n' for run in runs
    )
