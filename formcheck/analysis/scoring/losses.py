"""What each lost point was for, over a clip or a task: the causes of its moments added up, by measure and edge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from formcheck.analysis.form.causes import Cause
from formcheck.analysis.scoring.document import CauseEntry
from formcheck.core.engine_traits import EngineTraits
from formcheck.core.values import Edge

CONFORM, HELD = 0.8, 20.0
"""The score of a set is so much of the mean form score, and so many points for the share of time held."""

TENTHS = 10
"""Points are told in tenths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What one measure cost on one side of its range.

    `points` of the score, `seconds` in which it cost some, `beyond_deg` times seconds, and the sentence for the person. `fault`
    is whether a fault was there.
    """

    cue: str
    points: float = 0.0
    seconds: float = 0.0
    beyond_deg_s: float = 0.0
    fault: bool = False


Losses = Mapping[tuple[str, Edge], Loss]
"""What was lost, by measure and edge."""


def losses_of(causes: Iterable[Cause], passed_s: float, *, correct: bool, still: bool) -> Losses:
    """Return what the causes of one moment cost of the score, in points times seconds; of a photo in points.

    A moment that is not correct costs its share of the points for the time held as well, dealt to its causes as their points.
    """
    found = [cause for cause in causes if cause.measure is not None and cause.edge is not None]
    total = sum(cause.points for cause in found)
    parts: list[Losses] = []
    for cause in found:
        assert cause.measure is not None
        assert cause.edge is not None
        share = cause.points / total if total > 0 else 1 / len(found)
        points = cause.points if still else CONFORM * cause.points + (0.0 if correct else HELD * share)
        loss = Loss(
            cue=cause.text,
            points=points * passed_s,
            seconds=passed_s,
            beyond_deg_s=cause.beyond_deg * passed_s,
            fault=cause.fault is not None,
        )
        parts.append({(cause.measure, cause.edge): loss})
    return summed(parts)


def summed(parts: Iterable[Losses], weights: Sequence[float] | None = None) -> Losses:
    """Return several as one; `weights` are those of their points. The cue of a fault goes before advice."""
    total: dict[tuple[str, Edge], Loss] = {}
    for index, part in enumerate(parts):
        weight = 1.0 if weights is None else weights[index]
        for key, loss in part.items():
            before = total.get(key, Loss(cue=loss.cue))
            total[key] = Loss(
                cue=loss.cue if loss.fault and not before.fault else before.cue,
                points=before.points + weight * loss.points,
                seconds=before.seconds + loss.seconds,
                beyond_deg_s=before.beyond_deg_s + loss.beyond_deg_s,
                fault=before.fault or loss.fault,
            )
    return total


def unpointed(losses: Losses) -> Losses:
    """Return the same, as what cost no points."""
    return {key: replace(loss, points=0.0) for key, loss in losses.items()}


def dealt(shares: Sequence[float], whole: int) -> list[int]:
    """Return whole numbers that stand to each other as the shares do and add up to `whole`: all 0 where all shares are.

    What is left by rounding goes to those who lost most by it.
    """
    total = sum(shares)
    if total <= 0:
        return [0] * len(shares)
    exact = [whole * share / total for share in shares]
    found = [int(value) for value in exact]
    for i in sorted(range(len(exact)), key=lambda i: found[i] - exact[i])[: whole - sum(found)]:
        found[i] += 1
    return found


def cause_entries(losses: Losses, score: int | None, *, still: bool, traits: EngineTraits) -> list[CauseEntry]:
    """Return the entries of a document whose whole `score` (0..100) the losses explain: their points add up to the rest.

    Without a score no points are lost. Points are dealt in tenths. What cost nothing is left out, but for a fault, or where
    nothing else is to be told. Seconds of a photo are 0. Degrees are those by which the body has to move, more than the
    reading is off (`AngleError.follows`).
    """
    tenths = dict(
        zip(
            losses,
            dealt([loss.points for loss in losses.values()], TENTHS * (100 - (100 if score is None else score))),
            strict=True,
        )
    )
    entries = [
        CauseEntry(
            measure=measure,
            edge=edge,
            beyond_deg=round(traits.movement_deg(measure, loss.beyond_deg_s / loss.seconds), 1) if loss.seconds > 0 else 0.0,
            seconds=0.0 if still else round(loss.seconds, 2),
            points=tenths[measure, edge] / TENTHS,
            cue=loss.cue,
        )
        for (measure, edge), loss in losses.items()
        if tenths[measure, edge] > 0 or loss.fault or not any(tenths.values())
    ]
    return sorted(entries, key=lambda entry: -entry.points)
