"""A baseline from a clip of a person who stands straight, side-on, and lies flat."""

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline import BaselineCapture
from formcheck.core.interfaces import Engine, Source
from formcheck.pipeline.loop import observe
from formcheck.stretches.files import load_stretches


def capture_baseline(source: Source, engine: Engine) -> BaselineCapture:
    """Return what could be taken of a clip. `source` is open, `engine` is not."""
    analyzer, capture = FormAnalyzer(load_stretches()), BaselineCapture()
    with engine:
        for observation in observe(source.frames(), engine, analyzer):
            capture.step(observation.judged)
            if capture.baseline is not None:
                break
    return capture
