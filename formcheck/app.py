"""The one loop: a source's frames through an engine and a session to the outputs."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from formcheck.baseline import Fit
from formcheck.ports import Engine, Output, Source
from formcheck.posefile import PoseSpec
from formcheck.scoring import Result, Scorer
from formcheck.session import Session
from formcheck.values import Side

Watch = Callable[[float, float | None], bool]
"""Called with the seconds done and in all (`None` = not known) after every frame; False ends the run there."""


def score_clip(
    source: Source,
    engine: Engine,
    candidates: Sequence[PoseSpec],
    *,
    side: Side | None = None,
    fit: Fit | None = None,
    outputs: Sequence[Output] = (),
    watch: Watch = lambda _done_s, _of_s: True,
) -> Result:
    """Return the result of the whole clip; every output sees every moment and the result.

    `source` is open, `engine` and `outputs` are not. `fit` has the person's
    baseline. Raises FormcheckError; the outputs then leave nothing behind.
    """
    info = source.info
    session = Session(candidates, side, still=info.still, fit=fit)
    scorer = Scorer(session, still=info.still)
    with ExitStack() as stack:
        stack.enter_context(engine)
        for output in outputs:
            stack.enter_context(output)
        last_s = step_s = 0.0
        for frame in source.frames():
            moment = session.step(engine.detect(frame), frame.time_s)
            if session.wanted is not None:
                engine.follow(session.wanted)
            scorer.add(moment)
            for output in outputs:
                output.write(frame, moment)
            step_s, last_s = frame.time_s - last_s, frame.time_s
            if not watch(last_s, info.expected_s):
                break
        # The last frame is shown for as long as the one before it.
        result = scorer.result(info, engine.info, last_s + step_s)
        for output in outputs:
            output.complete(result)
    return result
