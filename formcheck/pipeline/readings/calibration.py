"""A baseline from a clip of a person who stands straight, side-on, and lies flat."""

from pathlib import Path

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.capture import BaselineCapture
from formcheck.analysis.baseline.offsets import Baseline, StraightPosture
from formcheck.core.errors import FormcheckError, SourceError
from formcheck.core.wording.language import N_, capitalized
from formcheck.pipeline.loop import observe
from formcheck.stretches.files import load_stretches
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.video import check_whole, open_clip
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions


def baseline_of_clip(clip: Path, model: EngineModel, options: ReadOptions = AS_IT_IS) -> tuple[Baseline, tuple[int, int]]:
    """Return the baseline, and the size of the clip's pictures: width and height in pixels.

    Raises FormcheckError, which says what was missing where a posture could not be taken.
    """
    with open_clip(clip, options) as source:
        info = source.info
        if info.still:
            raise SourceError(
                N_("{path}: is a photo. A baseline needs a video: three seconds of standing, and three of lying.").format(
                    path=clip
                )
            )
        check_whole(source)
        with create_engine(model) as engine:
            analyzer, capture = FormAnalyzer(load_stretches(), traits=engine.traits), BaselineCapture(engine.traits)
            for _, _, moment in observe(source.frames(), engine, analyzer):
                capture.step(moment)
                if capture.baseline is not None:
                    break
    if capture.baseline is None:
        raise FormcheckError(N_("{path}: no baseline could be taken.").format(path=clip), *_missing(capture))
    return capture.baseline, (info.width, info.height)


def _missing(capture: BaselineCapture) -> list[str]:
    """Return a line for each posture that was not taken: what was missing for most of the time."""
    lines: list[str] = []
    for posture in (one for one in StraightPosture if one not in capture.readings):
        missed = capture.missed[posture]
        why = max(missed, key=lambda sentence: missed[sentence], default=None)
        sentence = (
            N_("{posture}: somebody was seen, but not as asked. {why}.")
            if why
            else N_("{posture}: not seen for three seconds on end.")
        )
        lines.append("  " + capitalized(sentence.format(posture=posture, why=why)))
    return lines
