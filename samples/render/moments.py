"""A clip before it is drawn: every frame's skeletons, true angles and label."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .body import Side
from .camera import Place
from .clip import Clip
from .film import times_s
from .labels import FROM_START, changed, judged
from .people import PEOPLE
from .roles import Played, Role
from .skeleton import Skeleton
from .truth import measures
from .visibility import AT_THE_EDGE, FROM_THE_SIDE_DEG, covered, inside


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame of a clip before it is drawn. No label: either answer is right."""

    time_s: float
    skeleton: Skeleton
    measures: dict[str, float]
    label: str | None
    place: Place
    side: Side
    extras: tuple[Played, ...] = ()


def moments(clip: Clip) -> Iterator[Moment]:
    """Every frame's skeletons with their truth."""
    if clip.pose not in FROM_START:
        yield from _moments(clip)
        return
    found = list(_moments(clip))
    labels = changed(clip.pose, [m.time_s for m in found], [m.label for m in found], [m.measures for m in found])
    yield from (replace(moment, label=label) for moment, label in zip(found, labels, strict=True))


def _moments(clip: Clip) -> Iterator[Moment]:
    """The same, each labelled by itself."""
    role = Role(clip.player.body, clip.scenes, clip.at_m)
    extras = [Role(PEOPLE[extra.person].body, extra.scenes, extra.x_m, extra.z_m) for extra in clip.extras]
    for time_s in times_s(clip.film, clip.fps, role.end_s):
        played, others = role.at(time_s), tuple(extra.at(time_s) for extra in extras)
        found = measures(clip.pose, played.skeleton, played.scene.stretched)
        label = _label(clip, played, others, found)
        yield Moment(time_s, played.skeleton, found, label, played.place, played.scene.stretched, others)


def end_s(clip: Clip) -> float:
    """When a clip ends."""
    return clip.scenes[-1].steps[-1][0]


def _label(clip: Clip, played: Played, others: tuple[Played, ...], found: dict[str, float]) -> str | None:
    skeleton, place, scene = played.skeleton, played.place, played.scene
    share = inside(skeleton, place, clip.camera, clip.facing)
    stretching = scene.act == clip.pose and not scene.turns
    if share == 0.0 or clip.hidden or abs(clip.camera.yaw_deg) >= FROM_THE_SIDE_DEG:
        return "unseen"
    if share < 1.0:
        # Half out of the picture, a stretch can't be judged; somebody walking in or out is neither here nor there.
        return "unseen" if stretching and share != AT_THE_EDGE else None
    if any(covered(skeleton, place, one.skeleton, one.place, clip.camera, clip.facing) for one in others):
        return None
    return judged(clip.pose, skeleton, found, clip.player.body, scene.stretched) if stretching else "other"
