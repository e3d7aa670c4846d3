"""What `formcheck live` is to do: a stretch, a guided block, a routine, or whatever is recognised."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.coaching.tasks import ANYTHING, BlockTask, StretchTask, of_routine, of_stretch
from formcheck.core.errors import FormcheckError, RoutineError
from formcheck.core.values import Side
from formcheck.stretches import BlockBout, BlockSpec, StretchSpec, block_bouts
from formcheck.stretches.block_files import block_paths, find_block, is_block
from formcheck.stretches.files import find_stretch, has_key, load_stretches, stretch_names
from formcheck.stretches.routine import REST_S
from formcheck.stretches.routine_files import blocks_of, bouts_of, find_routine, routine_paths, specs_of
from formcheck.stretches.spec import is_path
from formcheck.stretches.validation import known_name
from formcheck.system.paths import routines_folder

ROUTINE, SHIPPED = "routine", "psoas_relief"
"""`live routine` means the shipped one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`name` goes into the history; `specs` are the stretches by name, `blocks` the guided blocks.

    A routine may be of several, one after the other.
    """

    name: str
    specs: Mapping[str, StretchSpec]
    tasks: tuple[StretchTask | BlockTask, ...]
    blocks: Mapping[str, BlockSpec] = field(default_factory=dict)
    routine: bool = False


def plan_of(pose: str | None, name: str | None, side: Side | None) -> Plan:
    """Return the plan for the words of the command line. Raises FormcheckError."""
    if name is not None and pose != ROUTINE:
        raise FormcheckError(f"{name}: a second name goes with `formcheck live routine` only.")
    if pose is None:
        specs = {spec.name: spec for spec in load_stretches()}
        return Plan(name="any stretch", specs=specs, tasks=ANYTHING)
    pose = _known(pose)
    if pose == ROUTINE or _is_routine(pose):
        if side is not None:
            raise FormcheckError("--side: a routine says itself which side comes when; leave --side out.")
        return _routine(name or (SHIPPED if pose == ROUTINE else pose))
    if is_block(pose):
        return _block(find_block(pose), side)
    spec = find_stretch(pose)
    return Plan(name=spec.name, specs={spec.name: spec}, tasks=of_stretch(spec, side, REST_S))


def _block(block: BlockSpec, side: Side | None) -> Plan:
    if side is not None and not block.sides:
        raise FormcheckError(f"--side: {block.name} has no sides; leave --side out.")
    sides: tuple[Side | None, ...] = (side,) if side is not None else (Side.LEFT, Side.RIGHT) if block.sides else (None,)
    blocks = {block.name: block}
    return Plan(name=block.name, specs={}, blocks=blocks, tasks=of_routine(block_bouts(block, sides), blocks))


def _routine(name: str) -> Plan:
    found = find_routine(name, routines_folder())
    specs, blocks, bouts = specs_of(found), blocks_of(found), bouts_of(found)
    asked_s: defaultdict[tuple[str, Side], float] = defaultdict(float)
    for bout in bouts:
        if not isinstance(bout, BlockBout):
            asked_s[bout.pose, bout.side] += bout.hold_s
    # The result of a side is all that was held on it, so it is measured by all that the routine asks of a side.
    goals_s = {pose: max(asked_s[pose, side] for side in Side) for pose in specs}
    specs = {pose: spec.model_copy(update={"hold_s": goals_s[pose]}) for pose, spec in specs.items()}
    return Plan(name=found.name, specs=specs, blocks=blocks, tasks=of_routine(bouts, blocks), routine=True)


def _known(word: str) -> str:
    """The stretch, routine or block whose name `word` begins; a path as it is."""
    known = dict.fromkeys([*stretch_names(), *routine_paths(routines_folder()), *block_paths(), ROUTINE])
    return word if is_path(word) else known_name(word, known, kind="stretch, routine or block", error=RoutineError)


def _is_routine(name: str) -> bool:
    return has_key(Path(name), "steps") if is_path(name) else name in (ROUTINE, *routine_paths(routines_folder()))
