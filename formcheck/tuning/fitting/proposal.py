"""A proposal for a whole pose file: every limit and every range, with its evidence, within the person's constraints."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from formcheck.core.errors import FormcheckError
from formcheck.core.measures import MEASURES, BodyPart
from formcheck.core.wording.language import N_, joined
from formcheck.stretches import Fault, Limit, StretchSpec, Target
from formcheck.stretches.validation import did_you_mean
from formcheck.stretches.validation.contradictions import always_there
from formcheck.tuning.fitting.evidence import EvidenceSpan, too_little
from formcheck.tuning.fitting.limits import fit_limit, gap_of
from formcheck.tuning.fitting.ranges import Pair, fit_full, fit_zero, inside
from formcheck.tuning.labels import CORRECT

AS_REQUESTED: str = N_("kept, as asked for")
CROSSED: str = N_("kept: correct form as labelled lies beyond the limits of faults")
GUARDS = N_("a limit on the back is not loosened past the shipped one")


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningConstraints:
    """The person's constraints: measures that stay, the only ones that may change, and whether guards may loosen."""

    keep: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    allow_looser: bool = False

    def check(self) -> None:
        """Raise FormcheckError where a measure is named that there is none of, or all that would be tuned is held back."""
        if self.only and not self.only - self.keep:
            raise FormcheckError(N_("--keep holds back all that --only names: nothing would be tuned."))
        for option, names in (("--keep", self.keep), ("--only", self.only)):
            for name in sorted(names):
                if name not in MEASURES:
                    unknown = N_("{option}: there is no measure {name!r}").format(option=option, name=name)
                    raise FormcheckError(unknown + did_you_mean(name, MEASURES))

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
    crossed: frozenset[str] = frozenset()
    while True:
        fit = _Fit(lying=spec.lying, shipped=shipped or spec, spans=spans, constraints=constraints, crossed=crossed)
        found = fit.proposal(spec)
        contradict = {name for _, names, _ in always_there(found.spec.model_dump(mode="json")) for name in names} - crossed
        if not contradict:
            return found
        crossed |= contradict


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """The fitting of one stretch to its evidence, within the constraints.

    The measures `crossed` stay as they are: fitted, whoever does it right would have the fault.
    """

    lying: bool
    shipped: StretchSpec
    spans: Sequence[EvidenceSpan]
    constraints: TuningConstraints
    crossed: frozenset[str]

    def proposal(self, spec: StretchSpec) -> Proposal:
        faults = [self.fault(fault) for fault in spec.faults]
        targets = [self.target(target, [fault for fault, _ in faults]) for target in spec.targets]
        fitted = spec.model_copy(update={"targets": tuple(t for t, _ in targets), "faults": tuple(f for f, _ in faults)})
        rows = tuple(row for _, rows in [*targets, *faults] for row in rows)
        return Proposal(spec=StretchSpec.model_validate(fitted.model_dump()), rows=rows)

    def fault(self, fault: Fault) -> tuple[Fault, list[LimitChange]]:
        gap, clear = gap_of(fault), fault.clear
        value, why = self._limit(fault, fault.name, gap)
        if self._kept(fault.measure) is None:
            bounds = self.shipped.faults if fault.guards_the_back and not self.constraints.allow_looser else ()
            guard = next((f for f in bounds if (f.name, f.measure) == (fault.name, fault.measure)), None)
            if guard is not None and fault.sign * (value - guard.value) > 0:
                value, why = guard.value, joined("; ", (why, GUARDS))
            clear = value - fault.sign * gap
        change = partial(LimitChange, table="faults", name=fault.name)
        rows = [
            change(measure=fault.measure, key=fault.key, old=fault.value, new=value, why=why),
            change(measure=fault.measure, key="clear", old=fault.clear, new=clear, why=N_("goes with its limit")),
        ]
        also = []
        for i, limit in enumerate(fault.also):
            inner, why = self._limit(limit, fault.name, 0.0)
            also.append(limit.model_copy(update={limit.key: inner}))
            rows.append(change(measure=limit.measure, key=f"also[{i}].{limit.key}", old=limit.value, new=inner, why=why))
        return fault.model_copy(update={fault.key: value, "clear": clear, "also": tuple(also)}), rows

    def target(self, target: Target, faults: Sequence[Fault]) -> tuple[Target, list[LimitChange]]:
        correct = [span for span in self._labelled(CORRECT) if target.measure in span.values]
        full, zero = target.full, target.zero
        if (kept := self._kept(target.measure)) is not None:
            why = kept
        elif (lack := too_little(correct)) is not None:
            why = lack
        else:
            full = self._held(target, fit_full(target, correct, faults, lying=self.lying))
            zero = fit_zero(target, full, faults, lying=self.lying)
            own = {fault.name for fault in faults if fault.measure == target.measure}
            why = inside(full, target.measure, self.spans, own)
            if not zero[0] < full[0] <= full[1] < zero[1]:
                full, zero, why = target.full, target.zero, CROSSED
        change = partial(LimitChange, table="targets", name=target.measure, measure=target.measure)
        return target.model_copy(update={"full": full, "zero": zero}), [
            change(key="full", old=target.full, new=full, why=why),
            change(key="zero", old=target.zero, new=zero, why=N_("from the full range and the limits of faults")),
        ]

    def _limit(self, limit: Limit, fault: str, gap: float) -> tuple[float, str]:
        """Return the value of one limit of the fault of that name, and why."""
        if (kept := self._kept(limit.measure)) is not None:
            return limit.value, kept
        return fit_limit(limit, self._labelled(CORRECT), self._labelled(fault), gap=gap, lying=self.lying)

    def _kept(self, measure: str) -> str | None:
        """Return why the numbers of a measure stay as they are; `None` where they may change."""
        return AS_REQUESTED if not self.constraints.frees(measure) else CROSSED if measure in self.crossed else None

    def _held(self, target: Target, full: Pair) -> Pair:
        """Return the range, not wider than the shipped one where it guards the back."""
        guard = next((other for other in self.shipped.targets if other.measure == target.measure), None)
        if guard is None or MEASURES[target.measure].part is not BodyPart.TRUNK or self.constraints.allow_looser:
            return full
        return max(full[0], guard.full[0]), min(full[1], guard.full[1])

    def _labelled(self, label: str) -> list[EvidenceSpan]:
        return [span for span in self.spans if span.label == label]
