"""What keeps clips from being tuned on, all of it at once."""

from collections.abc import Iterator, Sequence

from formcheck.errors import FormcheckError
from formcheck.labels import CORRECT, OTHER, UNSEEN, LabelledClip
from formcheck.posefile import PoseSpec


class TuneError(FormcheckError):
    """Clips that can't be tuned on; every problem of every file is named."""

    def __init__(self, problems: Sequence[str]) -> None:
        listed = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"Nothing is tuned and nothing written.\n{listed}")


def telling_apart(spec: PoseSpec, clips: Sequence[LabelledClip]) -> Iterator[str]:
    """Say so where the labels of one stretch know correct form alone, or faults alone."""
    labels = [entry.label for clip in clips for entry in clip.labels.intervals if entry.label != UNSEEN]
    correct = labels.count(CORRECT)
    others = [label for label in labels if label != CORRECT]
    if not correct:
        yield (
            f"{spec.name}: none of the {len(labels)} labelled intervals of {_clips(clips)} is {CORRECT}. "
            f"Label correct form too: ranges are made of it."
        )
    elif not others:
        words = ", ".join([*(fault.name for fault in spec.faults), OTHER])
        yield (
            f"{spec.name}: all {len(labels)} labelled intervals of {_clips(clips)} are {CORRECT}. "
            f"There is nothing to tell it from; label some of: {words}."
        )


def _clips(clips: Sequence[LabelledClip]) -> str:
    return "1 clip" if len(clips) == 1 else f"{len(clips)} clips"
