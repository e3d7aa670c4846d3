"""Which stretch the clip shows, its score, and everything else in its document."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.analyzer import AnalysisSummary
from formcheck.analysis.form.causes import shape_advice
from formcheck.analysis.hold_timer import CONFIRM_S, is_gap
from formcheck.analysis.scoring.document import (
    BOTH,
    CauseEntry,
    ClipEntry,
    Document,
    EngineEntry,
    FaultEntry,
    HoldEntry,
    SideEntry,
    Sides,
    UnseenEntry,
)
from formcheck.analysis.scoring.key_moments import KeyMoments, key_entries
from formcheck.analysis.scoring.losses import Losses, cause_entries, summed
from formcheck.analysis.scoring.measured import listed, measure_entries, sides_apart
from formcheck.analysis.scoring.tally import SideSum, Tally, TimeSpan, mostly, with_share
from formcheck.analysis.scoring.track import ClipTrack
from formcheck.analysis.stretch_tracker import SETTLED_S
from formcheck.core import wording
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.measures import MEASURES
from formcheck.core.values import Band, Edge, Hold, Moment, Reason, Side, Status, Verdict
from formcheck.core.version import __version__
from formcheck.core.wording.language import number
from formcheck.stretches import StretchSpec

SETTLED_SHARE = 0.8
"""In a clip too short for `SETTLED_S`, a stretch was done when somebody kept still in its shape for this share of it, and for
`CONFIRM_S`."""

SHOWN_S, SHOWN_SHARE = SETTLED_S, 0.1
"""A side that was never held is listed when it was tried for this long, and for this share of the time: beside a side that was
held, steps into the picture and out of it are not a try. Where nothing was held, the share is enough."""

COMPLETE_WITHIN_S = 0.1
"""The goal is reached when this little is missing: three frames."""

SUM_WITHIN_S = 1e-6
"""In a session the clock has run on until nothing was missing; what is left is the rounding of a sum of many frames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedForm:
    """What counted of one stretch in a session: the score of each side and of all (0..100), what was lost of the latter, and
    the faults in order of time.
    """

    sides: Mapping[Side | None, float | None]
    score: float | None
    lost: Losses
    faults: Sequence[TimeSpan]


Series: TypeAlias = dict[str, NDArray[np.float64]]
"""Arrays of one length by name: `time_s` in seconds, measures in degrees or joints in frame heights, NaN where unseen."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Result:
    """A scored clip.

    Attributes
    ----------
    document : Document
        All that `formcheck score --json` writes: times in seconds from the first frame, scores whole numbers 0 to 100.
    spec : StretchSpec or None
        The stretch the clip shows; `None` where none was recognised.
    still : bool
        Whether the clip is a photo.
    oblique_s : float
        Seconds that were judged although the person was turned so far from side-on that the numbers suffer.
    oblique : bool
        Whether there was such a moment; of a photo, which lasts no time, this tells.
    also : tuple[str, ...]
        The names of other stretches that were held in the clip.
    looks_like : Side or None
        The side that looks stretched where another one was given; `None` where it is the given one, none was given, or the clip
        does not tell.
    misfits : tuple[str, ...]
        Sentences about a baseline that is out of date; empty where it fits or there is none.
    notes : tuple[str, ...]
        Sentences about how the clip was read, or should be: of slow motion, of pictures that are too small or turned.
    traits : EngineTraits
        Those of the engine that saw the people.
    series : dict[str, NDArray[np.float64]]
        What `measurements` returns: `time_s` in seconds, measures in degrees, NaN where unseen.
    joints : dict[str, NDArray[np.float64]]
        What `landmarks` returns: `time_s` in seconds, joints in frame heights, NaN where nobody was seen.
    track : ClipTrack or None
        What `formcheck.write_report` draws; `None` in a result that was not made by `formcheck.score`.
    """

    document: Document
    spec: StretchSpec | None
    still: bool
    oblique_s: float
    also: tuple[str, ...]
    looks_like: Side | None
    oblique: bool = False
    misfits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    traits: EngineTraits = DEFAULT_TRAITS
    series: Series = field(default_factory=dict, compare=False)
    joints: Series = field(default_factory=dict, compare=False)
    track: ClipTrack | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        found = self.document
        return f"Result({found.clip.path!r}, pose={found.pose!r}, score={found.score}, holds={len(found.holds)})"

    @property
    def score(self) -> int | None:
        """The score over all sides, 0..100; `None` when nothing could be scored."""
        return self.document.score

    @property
    def band(self) -> Band | None:
        """The word for the score; `None` when nothing could be scored."""
        return self.document.band

    @property
    def holds(self) -> list[HoldEntry]:
        """The times in correct form, in order: `side`, `start_s`, `end_s`, `held_s` (lapses left out), `score`."""
        return self.document.holds

    @property
    def sides(self) -> dict[Side | Sides, SideEntry]:
        """The stretched sides that were seen, or "both": `held_s`, `longest_s`, `goal_s`, `complete`, `score`."""
        return self.document.sides

    @property
    def faults(self) -> list[FaultEntry]:
        """The faults that lasted, in order: `name`, `side`, `start_s`, `end_s`, `cue`."""
        return self.document.faults

    @property
    def unseen(self) -> list[UnseenEntry]:
        """The times that could not be judged: `reason`, `start_s`, `end_s`."""
        return self.document.unseen

    def to_dict(self) -> dict[str, Any]:
        """Return the document that `formcheck score --json` writes, as plain values.

        Returns
        -------
        dict[str, Any]
            Times in seconds from the first frame, scores whole numbers 0 to 100; `None` where there is no value.
        """
        return self.document.model_dump(mode="json")

    def to_json(self) -> str:
        """Return the document that `formcheck score --json` writes, as text.

        Returns
        -------
        str
            Indented JSON and a newline.
        """
        return self.document.model_dump_json(indent=2) + "\n"

    def measurements(self) -> Series:
        """Return what was measured, as arrays of float of one length.

        Returns
        -------
        dict of str to array of shape (judged moments,)
            `time_s`, seconds from the first frame, and every measure of the stretch in degrees; `<measure>_low` and
            `<measure>_high`, between which the true value lies in 90 of 100 cases; NaN where it was unseen.
            Moments are some ten a second, and denser around a change; with `every_frame` they are the frames. Only `time_s`
            where no stretch was recognised, and nothing in a result that was not made by `formcheck.score`.
        """
        return dict(self.series)

    def landmarks(self) -> Series:
        """Return where the joints of the person who was judged are in the picture, as arrays of float of one length.

        Returns
        -------
        dict of str to array of shape (judged moments,)
            `time_s`, seconds from the first frame, the same as of `measurements`; of each joint `<joint>_x` and `<joint>_y` in
            frame heights, x right, y up, from the lower left corner, and `<joint>_visibility`, 0 to 1, as of `Point`. A joint
            that is hidden is there with a low visibility; NaN, and a visibility of 0, where nobody was seen. Nothing in a
            result that was not made by `formcheck.score`.
        """
        return dict(self.joints)

    @property
    def verdict(self) -> Verdict:
        """What most of the time in the shape was: correct, borderline, to adjust; else unseen or none."""
        return self.document.verdict

    @property
    def correct(self) -> bool:
        """Whether the verdict is correct."""
        return self.verdict is Verdict.CORRECT

    @property
    def damaged(self) -> str | None:
        """What is damaged in the clip, so that only what is left of it was scored; `None` where nothing is."""
        return self.document.clip.damaged

    @property
    def causes(self) -> list[CauseEntry]:
        """What the lost points were for, most first: `measure`, `edge`, `beyond_deg`, `seconds`, `points`, `cue`."""
        return self.document.causes


_BANDS = ((85, Band.GREAT), (70, Band.GOOD), (50, Band.ADJUST))


def band_of(score: int) -> Band:
    """Return the word for a score of 0..100."""
    return next((band for least, band in _BANDS if score >= least), Band.RESET)


class Scorer:
    """Takes the moments of a clip and, with the summary of its analysis, makes the result. `specs` are the stretches looked
    for.
    """

    def __init__(self, specs: Iterable[StretchSpec], *, still: bool = False, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self._still = still
        self._traits = traits
        specs = list(specs)
        self._tallies = {spec.name: Tally(spec, still=still, expected=len(specs) == 1) for spec in specs}
        self._keys = KeyMoments(still=still)
        self._oblique_s, self._oblique = 0.0, False
        self._begin_s = 0.0  # when the first moment was
        self._last: Moment | None = None

    def add(self, moment: Moment) -> None:
        """Take in one moment; they come in order of time."""
        self._pass_over_gap(moment.time_s)
        self._keys.add(moment)
        self._begin_s = moment.time_s if self._last is None else self._begin_s
        self._oblique |= moment.view is not None and moment.view.oblique
        if self._last is not None and self._last.view is not None and self._last.view.oblique:
            self._oblique_s += moment.time_s - self._last.time_s
        for assessment in moment.assessments:
            self._tallies[assessment.pose].add(assessment, moment.time_s)
        self._last = moment

    def _pass_over_gap(self, time_s: float) -> None:
        """Let nothing that was true at the last moment last until `time_s` where there is a gap between: it is unseen."""
        last = self._last
        if last is None or self._still or not is_gap(time_s - last.time_s):
            return
        for now in last.assessments:
            if now.status is not Status.UNSEEN:
                self._tallies[now.pose].add(now.as_unseen(Reason.NO_NEW_PICTURE), last.time_s)
        self._last = replace(last, view=None)

    def result(
        self,
        clip: ClipInfo,
        engine: EngineInfo,
        duration_s: float,
        summary: AnalysisSummary,
        counted: Mapping[str, CountedForm] | None = None,
    ) -> Result:
        """Return the result of a clip that ends at `duration_s` seconds; nothing can be added after that.

        In a session only what was asked counts: scores and faults are then those of `counted`, by stretch.
        """
        self._pass_over_gap(duration_s)
        for tally in self._tallies.values():
            tally.let_pass(duration_s)
        length_s = duration_s - self._begin_s
        shown = self._shown(length_s, summary)
        tally = self._tallies[shown.name] if shown else max(self._tallies.values(), key=_unseen_s)
        held = summary.holds.get(shown.name, ()) if shown else ()
        form = counted.get(shown.name, _NOTHING) if counted is not None and shown else None
        sides = _sides(shown, tally, held, form) if shown else {}
        score = (_overall(tally, sides) if form is None else _whole(form.score)) if shown else None
        told = score is not None or (shown is not None and tally.sides)
        nearest, missing = (None, []) if told else self._nearest(shown, tally, length_s)
        verdict = _verdict(tally, sides) if shown else Verdict.NONE
        faults = tally.faults if form is None else form.faults
        of_sides = {side: form.measured for side, form in tally.sides.items()}
        measures = measure_entries(shown, listed(of_sides, sides)) if shown else []
        document = Document(
            formcheck_version=__version__,
            clip=ClipEntry.of(clip, _s(duration_s), _s(self._begin_s)),
            engine=EngineEntry(name=engine.name, version=engine.version, model=engine.model),
            pose=shown.name if shown else None,
            verdict=verdict,
            borderline=_longest(tally.doubts_s) if verdict is Verdict.BORDERLINE else [],
            nearest=nearest.spec.name if nearest is not None and not shown else None,
            score=score,
            band=band_of(score) if score is not None else None,
            causes=missing if nearest is not None else self._causes(tally, sides, score, form),
            seen_s=_s(tally.seen_s),
            in_form_s=_s(tally.in_form_s) if shown else 0.0,
            holds=[_hold_entry(hold) for hold in held],
            sides=sides,
            faults=[_fault_entry(span, shown) for span in faults] if shown else [],
            unseen=[UnseenEntry(reason=Reason(at.what), start_s=_s(at.start_s), end_s=_s(at.end_s)) for at in tally.unseen],
            measures=measures,
            sides_apart=sides_apart(measures),
            key_moments=key_entries(self._keys.found(shown.name if shown else None), sides),
        )
        also = tuple(name for name, other in self._tallies.items() if other is not tally and summary.holds.get(name))
        return Result(
            document=document,
            spec=shown,
            still=self._still,
            oblique_s=self._oblique_s,
            oblique=self._oblique,
            also=also,
            looks_like=summary.looks_like.get(shown.name) if shown else None,
            misfits=summary.misfits,
            traits=self._traits,
        )

    def _causes(
        self,
        tally: Tally,
        listed: Collection[Side | Sides],
        score: int | None,
        counted: CountedForm | None,
    ) -> list[CauseEntry]:
        """What the points of the score were lost for."""
        forms = _forms(tally, listed)
        shape_s = sum(form.shape_s for form in forms)
        lost = summed([form.lost for form in forms], [1 / shape_s] * len(forms)) if shape_s > 0 else {}
        lost = (counted.lost or lost) if counted is not None else lost
        if not lost and _verdict(tally, listed) is not Verdict.CORRECT:
            lost = summed(form.before for form in forms)
        return cause_entries(lost, score, still=self._still, traits=self._traits)

    def _nearest(self, shown: StretchSpec | None, tally: Tally, length_s: float) -> tuple[Tally | None, list[CauseEntry]]:
        """The stretch whose shape the person came nearest to, of all or the one `shown`, and what its shape was missing.

        First comes one in whose shape they were, but not for long enough: nothing was missing. `None` where for most of the
        time it could not be seen whether they were in the shape of `tally`.
        """
        if shown is None:
            if too_short := self._too_short(length_s):
                return self._tallies[max(too_short, key=lambda name: too_short[name])], []
            if sum(at.length_s for at in tally.unseen) > length_s / 2 or (self._still and tally.unseen):
                return None, []
        tallies = [one for one in self._tallies.values() if one.nearest is not None and shown in (None, one.spec)]
        nearest = max(tallies, key=lambda one: one.nearest[0] if one.nearest is not None else 0.0, default=None)
        return nearest, _missing_of_shape(nearest) if nearest is not None else []

    def _too_short(self, length_s: float) -> dict[str, float]:
        """How long somebody was in the shape of each stretch (seconds), where that is worth a word though it never settled."""
        in_shape_s = {name: sum(form.tried_s for form in one.sides.values()) for name, one in self._tallies.items()}
        least_s = min(CONFIRM_S, SETTLED_SHARE * length_s)
        return {name: seconds for name, seconds in in_shape_s.items() if not self._still and 0.0 < seconds >= least_s}

    def _shown(self, length_s: float, summary: AnalysisSummary) -> StretchSpec | None:
        """The stretch that was held longest, else the one in whose shape somebody kept still longest; the expected one if only
        one.
        """
        tallies = list(self._tallies.values())
        if len(tallies) == 1:
            return tallies[0].spec
        if self._still:
            assert self._last is not None
            return self._tallies[self._last.assessment.pose].spec if any(tally.sides for tally in tallies) else None
        least_s = max(CONFIRM_S, min(SETTLED_S, SETTLED_SHARE * length_s))
        settled = {name: still_s for name, still_s in summary.still_s.items() if 0.0 < still_s >= least_s}
        held_s = {name: sum(hold.held_s for hold in summary.holds.get(name, ())) for name in settled}
        best = max(settled, key=lambda name: (held_s[name], settled[name]), default=None)
        return self._tallies[best].spec if best is not None else None


def _overall(tally: Tally, listed: Collection[Side | Sides]) -> int | None:
    """The mean score of the listed sides (of all where none is), weighted by their time."""
    scores = [(score, form.shape_s) for form in _forms(tally, listed) if (score := tally.score(form)) is not None]
    return round(sum(score * shape_s for score, shape_s in scores) / sum(shape_s for _, shape_s in scores)) if scores else None


def _forms(tally: Tally, listed: Collection[Side | Sides]) -> list[SideSum]:
    return [form for side, form in tally.sides.items() if (side or BOTH) in listed or not listed]


def _verdict(tally: Tally, listed: Collection[Side | Sides]) -> Verdict:
    """What most of the time in the shape was, on the listed sides; where there was none, what most of the time was."""
    verdicts_s: dict[Verdict, float] = {}
    for form in _forms(tally, listed):
        for verdict, seconds in form.verdicts_s.items():
            verdicts_s[verdict] = verdicts_s.get(verdict, 0.0) + seconds
    return mostly(verdicts_s or tally.outside_s)


def _longest(seconds: Mapping[str, float]) -> list[str]:
    return sorted(seconds, key=lambda name: -seconds[name])


def _apart(value: float, limit: float) -> str:
    """A number of degrees with as many decimals as tell it apart from `limit`: whole ones, else tenths."""
    return number(value, ".0f" if round(value) != limit else ".1f")


def _missing_of_shape(nearest: Tally) -> list[CauseEntry]:
    """The conditions of the shape that were not met when the person came nearest to it, furthest from it first."""
    assert nearest.nearest is not None
    _, measurements = nearest.nearest
    entries = []
    for part in nearest.spec.shape:
        value = measurements.get(part.measure)
        if value is None or (margin := part.margin(value, entering=not nearest.expected)) >= 0:
            continue
        low, high = part.bounds(entering=not nearest.expected)
        edge = Edge.LOW if value < low else Edge.HIGH
        sentence = wording.SHAPE_BEGINS if edge is Edge.LOW else wording.SHAPE_ENDS
        limit = low if edge is Edge.LOW else high
        name = MEASURES[part.measure].name_with_leg
        advice = shape_advice(part.measure, edge)
        cue = sentence.format(advice=advice, name=name, value=_apart(value, limit), limit=number(limit))
        seconds = _s(nearest.outside_s.get(Verdict.NONE, 0.0)) if nearest.seen_s > 0 else 0.0
        entries.append(
            CauseEntry(measure=part.measure, edge=edge, beyond_deg=round(-margin, 1), seconds=seconds, points=0.0, cue=cue)
        )
    return sorted(entries, key=lambda entry: -entry.beyond_deg)


_NOTHING = CountedForm(sides={}, score=None, lost={}, faults=())


def _sides(
    spec: StretchSpec, tally: Tally, holds: Sequence[Hold], counted: CountedForm | None
) -> dict[Side | Sides, SideEntry]:
    entries: dict[Side | Sides, SideEntry] = {}
    tried_s = sum(form.tried_s for form in tally.sides.values())
    within_s = COMPLETE_WITHIN_S if counted is None else SUM_WITHIN_S
    for side in (None,) if spec.legs is None else Side:
        held = [hold.held_s for hold in holds if hold.side is side]
        form = tally.sides.get(side)
        least_s = max(SHOWN_S if holds else 0.0, SHOWN_SHARE * tried_s)
        if not held and (form is None or form.shape_s < least_s):
            continue
        held_s = sum(held)
        score = counted.sides.get(side) if counted is not None else tally.score(form) if form else None
        entries[side or BOTH] = SideEntry(
            held_s=_s(held_s),
            longest_s=max((_hold_entry(hold).held_s for hold in holds if hold.side is side), default=0.0),
            goal_s=spec.hold_s,
            complete=None if spec.hold_s is None else held_s >= spec.hold_s - within_s,
            score=_whole(score),
            verdict=mostly(form.verdicts_s) if form is not None else Verdict.CORRECT,
        )
    return entries


def _whole(score: float | None) -> int | None:
    return round(score) if score is not None else None


def _fault_entry(span: TimeSpan, spec: StretchSpec) -> FaultEntry:
    start_s, end_s = _s(span.start_s), _s(span.end_s)
    return FaultEntry(name=span.what, side=span.side, start_s=start_s, end_s=end_s, cue=spec.fault(span.what).cue)


def _hold_entry(hold: Hold) -> HoldEntry:
    share = hold.held_s / (hold.end_s - hold.start_s) if hold.end_s > hold.start_s else 1.0
    start_s, end_s = _s(hold.start_s), _s(hold.end_s)
    held_s = _s(min(hold.held_s, end_s - start_s))  # rounding must not make more of it
    score = round(with_share(hold.mean_score, share))
    return HoldEntry(side=hold.side, start_s=start_s, end_s=end_s, held_s=held_s, score=score)


def _unseen_s(tally: Tally) -> float:
    return sum(at.length_s for at in tally.unseen) + 1e-3 * len(tally.unseen)


def _s(seconds: float) -> float:
    """Two decimals: finer than any camera's frame."""
    return round(seconds, 2)
