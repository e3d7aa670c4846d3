"""What `formcheck live` is to do: a stretch, a guided block, a routine, or whatever is recognised."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from formcheck.analysis.analyzer import check_side
from formcheck.coaching.tasks import ANYTHING, BlockTask, StretchTask, of_routine, of_stretch
from formcheck.core.errors import FormcheckError, RoutineError
from formcheck.core.values import Side
from formcheck.core.wording.language import N_
from formcheck.stretches import StretchSpec
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.files import find_stretch, load_stretches, stretch_names
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.stretches.programmes.spec import Programme
from formcheck.stretches.routine import REST_S, BlockBout, Routine, block_bouts
from formcheck.stretches.routine_files import ROUTINES, blocks_of, bouts_of, specs_of
from formcheck.stretches.spec import is_path
from formcheck.stretches.validation import known_name

ROUTINE, SHIPPED = "routine", "psoas_relief"
PROGRAMME, SHIPPED_PROGRAMME = "programme", "hip_care"
"""`live routine` and `live programme` mean the shipped ones."""

_SECOND_NAME = N_("{name}: a second name goes with `formcheck live routine` and `live programme` only.")


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
        raise FormcheckError(_SECOND_NAME.format(name=name))
    if pose is None:
        specs = {spec.name: spec for spec in load_stretches()}
        return Plan(name="any stretch", specs=specs, tasks=ANYTHING)
    pose = _known(pose)
    if pose == ROUTINE or _is_routine(pose):
        if side is not None:
            raise FormcheckError(N_("A routine says itself which side comes when: leave the side out."))
        return plan_of_routine(ROUTINES.find(name or (SHIPPED if pose == ROUTINE else pose)))
    if BLOCKS.has(pose):
        return _block(BLOCKS.find(pose), side)
    spec = find_stretch(pose)
    check_side((spec,), side)
    return Plan(name=spec.name, specs={spec.name: spec}, tasks=of_stretch(spec, side, REST_S))


def programme_of(pose: str | None, name: str | None, side: Side | None) -> Programme | None:
    """Return the programme that the words of the command line mean, or `None` where they mean none. Raises FormcheckError."""
    if pose is None:
        return None
    if is_path(pose):
        named = pose if PROGRAMMES.has(pose) else None
    else:
        word = _known(pose)
        named = (name or SHIPPED_PROGRAMME) if word == PROGRAMME else word if word in PROGRAMMES.paths() else None
    if named is None:
        return None
    if name is not None and named != name:
        raise FormcheckError(_SECOND_NAME.format(name=name))
    if side is not None:
        raise FormcheckError(N_("A programme says itself which side comes when: leave the side out."))
    return PROGRAMMES.find(named)


def _block(block: BlockSpec, side: Side | None) -> Plan:
    if side is not None and not block.sides:
        raise FormcheckError(N_("{block} has no sides: leave the side out.").format(block=block.name))
    sides: tuple[Side | None, ...] = (side,) if side is not None else (Side.LEFT, Side.RIGHT) if block.sides else (None,)
    blocks = {block.name: block}
    return Plan(name=block.name, specs={}, blocks=blocks, tasks=of_routine(block_bouts(block, sides), blocks))


def plan_of_routine(routine: Routine) -> Plan:
    """Return the plan of all that a routine asks for. Raises FormcheckError."""
    specs, blocks, bouts = specs_of(routine), blocks_of(routine), bouts_of(routine)
    asked_s: defaultdict[tuple[str, Side | None], float] = defaultdict(float)
    for bout in bouts:
        if not isinstance(bout, BlockBout):
            asked_s[bout.pose, bout.side] += bout.hold_s or 0.0
    # The result of a side is all that was held on it, so it is measured by all that the routine asks of a side.
    goals_s = {pose: max(asked_s[pose, side] for side in (*Side, None)) for pose in specs}
    specs = {
        pose: spec if spec.to_the_end else spec.model_copy(update={"hold_s": goals_s[pose]}) for pose, spec in specs.items()
    }
    return Plan(name=routine.name, specs=specs, blocks=blocks, tasks=of_routine(bouts, blocks), routine=True)


def _known(word: str) -> str:
    """The stretch, routine, programme or block whose name `word` begins; a path as it is."""
    plans = (ROUTINES.paths(), PROGRAMMES.paths(), BLOCKS.paths())
    known = dict.fromkeys([*stretch_names(), *(name for paths in plans for name in paths), ROUTINE, PROGRAMME])
    return word if is_path(word) else known_name(word, known, kind=N_("stretch, routine or block"), error=RoutineError)


def _is_routine(name: str) -> bool:
    return name == ROUTINE or ROUTINES.has(name)
