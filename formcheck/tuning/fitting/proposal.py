"""A proposal for a whole pose file: every limit and every range, with its evidence, within the person's constraints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.core.errors import FormcheckError
from formcheck.core.measures import MEASURES, BodyPart
from formcheck.stretches import Fault, StretchSpec, Target
from formcheck.stretches.validation import did_you_mean
from formcheck.tuning.fitting.evidence import EvidenceSpan, too_little
from formcheck.tuning.fitting.limits import fit_limit, gap_of, key_of, sign_of, value_of
from formcheck.tuning.fitting.ranges import Pair, fit_full, fit_zero, inside
from formcheck.tuning.labels import CORRECT

AS_REQUESTED = "kept, as asked for"
CROSSED = "kept: correct form as labelled lies beyond the limits of faults"
GUARDS = "a limit that guards the back is not loosened past the shipped one"


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningConstraints:
    """The person's constraints: measures that stay, the only ones that may change, and whether guards may loosen."""

    keep: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    allow_looser: bool = False

    def check(self) -> None:
        """Raise FormcheckError where a measure is named that there is none of, or all that would be tuned is held back."""
        if self.only and not self.only - self.keep:
            raise FormcheckError("--keep holds back all that --only names: nothing would be tuned.")
        for option, names in (("--keep", self.keep), ("--only", self.only)):
            for name in sorted(names):
                if name not in MEASURES:
                    raise FormcheckError(f"{option}: there is no measure {name!r}{did_you_mean(name, MEASURES)}")

    def frees(self, measure: str) -> bool:
        """Whether numbers of `measure` may change."""
        return measure not in self.keep and (not self.only or measure in self.only)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """One number (or pair) of the pose file, before and after.

    Attributes
    ----------
    table : str
        `targets` or `faults`.
    name : str
        The measure of a target, or the name of a fault.
    measure : str
        The measure whose value the number is compared with.
    key : str
        The key in its table: `full`, `zero`, `above`, `below`, `clear`; a second witness is `also[0].above`.
    old, new : float or pair of float
        Degrees, before and after.
    why : str
        The evidence in words.
    """

    table: str
    name: str
    measure: str
    key: str
    old: float | Pair
    new: float | Pair
    why: str

    @property
    def changed(self) -> bool:
        """Whether the number is another one."""
        return self.old != self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pose file's numbers, row by row, and the stretch that results.

    Attributes
    ----------
    spec : StretchSpec
        The stretch with all new numbers.
    rows : tuple[LimitChange, ...]
        Every number, changed or not; `changes` has those that change.
    """

    spec: StretchSpec
    rows: tuple[LimitChange, ...]

    @property
    def changes(self) -> tuple[LimitChange, ...]:
        """The rows that change something."""
        return tuple(row for row in self.rows if row.changed)


def propose(
    spec: StretchSpec, shipped: StretchSpec | None, spans: Sequence[EvidenceSpan], constraints: TuningConstraints
) -> Proposal:
    """Return the proposal that the `spans` of one stretch give for its pose file.

    `shipped` is the file as it came, past which guards are not loosened; for a stretch that ships nowhere (`None`) the file's
    own limits take its place.
    """
    fit = _Fit(spec, shipped or spec, spans, constraints)
    faults = [fit.fault(fault) for fault in spec.faults]
    targets = [fit.target(target, [fault for fault, _ in faults]) for target in spec.targets]
    fitted = spec.model_copy(update={"targets": tuple(t for t, _ in targets), "faults": tuple(f for f, _ in faults)})
    return Proposal(
        spec=StretchSpec.model_validate(fitted.model_dump()), rows=tuple(row for _, rows in [*targets, *faults] for row in rows)
    )


class _Fit:
    """The fitting of one stretch to its evidence, within the constraints."""

    def __init__(
        self, spec: StretchSpec, shipped: StretchSpec, spans: Sequence[EvidenceSpan], constraints: TuningConstraints
    ) -> None:
        self._lying = spec.legs.stretched == "straight"
        self._shipped = shipped
        self._spans = spans
        self._constraints = constraints

    def fault(self, fault: Fault) -> tuple[Fault, list[LimitChange]]:
        correct, faulty = self._labelled(CORRECT), self._labelled(fault.name)
        gap, sign = gap_of(fault), sign_of(fault)
        value, clear, why = value_of(fault), fault.clear, AS_REQUESTED
        if self._constraints.frees(fault.measure):
            value, why = fit_limit(fault, correct, faulty, gap=gap, lying=self._lying)
            guard = next((f for f in self._shipped.faults if (f.name, f.measure) == (fault.name, fault.measure)), None)
            if (
                guard is not None
                and fault.guards_the_back
                and not self._constraints.allow_looser
                and sign * (value - value_of(guard)) > 0
            ):
                value, why = value_of(guard), f"{why}; {GUARDS}"
            clear = value - sign * gap
        also, rows = [], []
        for i, witness in enumerate(fault.also):
            inner, reason = value_of(witness), AS_REQUESTED
            if self._constraints.frees(witness.measure):
                inner, reason = fit_limit(witness, correct, faulty, gap=0.0, lying=self._lying)
            also.append(witness.model_copy(update={key_of(witness): inner}))
            rows.append((f"also[{i}].{key_of(witness)}", witness.measure, value_of(witness), inner, reason))
        fitted = fault.model_copy(update={key_of(fault): value, "clear": clear, "also": tuple(also)})
        changes = [
            (key_of(fault), fault.measure, value_of(fault), value, why),
            ("clear", fault.measure, fault.clear, clear, "goes with its limit"),
            *rows,
        ]
        return fitted, _changes("faults", fault.name, changes)

    def target(self, target: Target, faults: Sequence[Fault]) -> tuple[Target, list[LimitChange]]:
        correct = [span for span in self._labelled(CORRECT) if target.measure in span.values]
        full, zero = target.full, target.zero
        if not self._constraints.frees(target.measure):
            why = AS_REQUESTED
        elif (lack := too_little(correct)) is not None:
            why = lack
        else:
            full = self._held(target, fit_full(target, correct, faults, lying=self._lying))
            zero = fit_zero(target, full, faults, lying=self._lying)
            own = {fault.name for fault in faults if fault.measure == target.measure}
            why = inside(full, target.measure, self._spans, own)
            if not zero[0] < full[0] <= full[1] < zero[1]:
                full, zero, why = target.full, target.zero, CROSSED
        fitted = target.model_copy(update={"full": full, "zero": zero})
        changes = [
            ("full", target.measure, target.full, full, why),
            ("zero", target.measure, target.zero, zero, "from the full range and the limits of faults"),
        ]
        return fitted, _changes("targets", target.measure, changes)

    def _held(self, target: Target, full: Pair) -> Pair:
        """Return the range, not wider than the shipped one where it guards the back."""
        guard = next((other for other in self._shipped.targets if other.measure == target.measure), None)
        if guard is None or MEASURES[target.measure].part is not BodyPart.TRUNK or self._constraints.allow_looser:
            return full
        return max(full[0], guard.full[0]), min(full[1], guard.full[1])

    def _labelled(self, label: str) -> list[EvidenceSpan]:
        return [span for span in self._spans if span.label == label]


def _changes(table: str, name: str, rows: Iterable[tuple[str, str, float | Pair, float | Pair, str]]) -> list[LimitChange]:
    """Return the changes in one table of the pose file; a row has key, measure, old and new value, and why."""
    return [
        LimitChange(table=table, name=name, measure=measure, key=key, old=old, new=new, why=why)
        for key, measure, old, new, why in rows
    ]
