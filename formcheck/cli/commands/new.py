"""`formcheck new`: starts a pose file from a clip of somebody doing the stretch right."""

import re
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.cli.commands.model import obtain
from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.errors import FormcheckError, PoseFileError
from formcheck.core.values import Side
from formcheck.pipeline.landmark_cache import LandmarkRecording, cached_landmarks
from formcheck.stretches.files import check_text, load_stretches, stretch_names
from formcheck.system.files import atomic_file, check_writable, digest
from formcheck.system.native_log import silence_native_messages
from formcheck.tuning.drafting import Draft, DraftError, SteadyHold, assign_legs, find_hold, find_measures, pose_file, propose
from formcheck.tuning.drafting.proposal import words
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.video import open_clip


def run(pose: str, clip: Path, *, out: Path | None, side: Side | None, hold_s: float, model: str | None, verbose: bool) -> None:
    """Draft the stretch `pose` from `clip` and write its file. Raises FormcheckError; then nothing is written."""
    if not verbose:
        silence_native_messages()
    goal = _goal(pose, out)
    seen = _seen(clip, model)
    try:
        hold = find_hold(seen.frames)
        casting = assign_legs(hold, side)
        draft = propose(
            pose,
            find_measures(hold, casting),
            find_measures(hold, casting, exchanged=True),
            casting,
            load_stretches(),
            hold_s=hold_s,
            words=words(pose, casting.stretched),
        )
    except DraftError as error:
        raise DraftError(f"{clip}: {error} Nothing was written.") from None
    text = pose_file(draft, hold, clip.name)
    checked = check_text(text, name=pose)
    if checked != draft.spec:
        raise PoseFileError(f"{goal}: the draft would not be a good pose file ({checked}). Nothing was written.")
    with atomic_file(goal) as part:
        part.write_text(text, encoding="utf-8")
    _show(draft, hold, goal)


def _goal(pose: str, out: Path | None) -> Path:
    """Where the file goes, once it is sure that it may be called so and nothing is in its place."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", pose):
        raise FormcheckError(
            f"{pose!r} can't be the name of a stretch: lower case letters, digits and _ only, as standing_quad."
        )
    if pose in stretch_names():
        raise FormcheckError(f"There is a stretch called {pose} already; it ships with formcheck. Choose another name.")
    goal = out or Path(f"{pose}.toml")
    if goal.name != f"{pose}.toml":
        raise FormcheckError(f"{goal}: a pose file is called as its stretch is. Let --out end in {pose}.toml.")
    if goal.exists():
        raise FormcheckError(f"{goal}: is there already, and is not overwritten. Move it away or choose another name.")
    check_writable(goal)
    return goal


def _seen(clip: Path, model: str | None) -> LandmarkRecording:
    """What the engine sees of the clip. Raises FormcheckError."""
    with open_clip(clip) as source:
        if source.info.still:
            raise DraftError(
                f"{clip}: is a photograph. What is steady shows only over time: give a video of the stretch, held."
            )
    found = obtain(model)
    with Console(stderr=True).status(f"looking at {clip.name}"):
        return cached_landmarks(clip, digest(clip), MediaPipeEngine(found), digest(found), load_stretches())


def _show(draft: Draft, hold: SteadyHold, goal: Path) -> None:
    console = Console()
    side, role = draft.casting.side, draft.casting.stretched
    console.print(
        f"Held from {hold.start_s:.1f} to {hold.end_s:.1f} s, {'lying' if hold.lying else 'upright'}; "
        f"the {role} leg, stretched, is the {side} one.",
        soft_wrap=True,
    )
    if abs(hold.yaw) >= DEFAULT_TRAITS.oblique_from_deg:
        console.print(
            f"Beware: the camera is about {abs(hold.yaw):.0f} degrees off the side, which spoils the numbers.", soft_wrap=True
        )
    if (side is Side.RIGHT) != (hold.facing > 0):
        console.print("Beware: the stretched leg is on the far side, where it is seen less well.", soft_wrap=True)
    console.print(_table(draft))
    for rival in draft.alike:
        console.print(f"Beware: by its shape alone it can't be told from {rival}.", soft_wrap=True)
    console.print(f"Written: {goal}", soft_wrap=True)
    console.print("Next: open it, look for TODO, and put in your own words. Then", soft_wrap=True)
    for command, why in (
        (f"poses check {goal}", "is it still in order?"),
        (f"record {goal}", "label clips of several people, correct form and faults"),
        (f"tune CLIPS --pose {goal} --write", "ranges that fit them"),
        (f"score CLIP --pose {goal}", "a clip"),
        (f"live {goal}", "in front of the camera"),
    ):
        console.print(f"  formcheck {command}  ({why})", soft_wrap=True, highlight=False, markup=False)


def _table(draft: Draft) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("measure", "median", "spread", "", "full credit"):
        table.add_column(head, no_wrap=True, justify="right" if head in ("median", "spread") else "left")
    full = {target.measure: f"{target.full[0]:g}..{target.full[1]:g}" for target in draft.spec.targets}
    for finding in draft.findings:
        table.add_row(
            finding.measure,
            "" if finding.median is None else f"{finding.median:.0f}",
            "" if finding.spread is None else f"{finding.spread:.0f}",
            finding.state,
            full.get(finding.measure, ""),
        )
    return table
