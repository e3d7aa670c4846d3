"""The segments of a clip, detected by one process or by several, in order.

A process gets its next segment when the detections of an earlier one are taken, so memory does not grow with the
clip.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

import numpy as np

from formcheck.core.interfaces import Engine
from formcheck.pipeline.parallel.detect import DetectionJob, Progress, detect
from formcheck.pipeline.parallel.segments import Segment
from formcheck.pipeline.recording import SegmentDetections
from formcheck.system.leftovers import temporary_folder
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.processes import Processes
from formcheck.vision.engines import create_engine


def detect_segments(
    job: DetectionJob, segments: Sequence[Segment], jobs: int, progress: Progress, *, isolated: bool = False
) -> Iterator[SegmentDetections]:
    """Yield what is seen of a clip, segment by segment, detected by `jobs` processes.

    `progress` is called with the seconds done. When it returns False this ends early, with what was seen from the
    beginning on without a gap. A single job is done in this process unless it is to be `isolated`. Raises FormcheckError.
    """
    together = min(jobs, len(segments))
    detected = _shared(job, segments, together, progress) if together > 1 or isolated else _alone(job, segments, progress)
    for seen in detected:
        yield seen
        if seen.cut:
            return


class SharedProgress:
    """How far each segment is done, and whether to stop, for all the processes that share a clip.

    A few numbers in the file `path`, which every process maps into its memory: telling costs nothing, and a process that dies
    leaves nothing locked. The first number asks for an end, the others are the seconds done, by segment.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._numbers = np.memmap(path, np.float64, "r+")

    @property
    def stopped(self) -> bool:
        return bool(self._numbers[0])

    def report(self, segment: int, done_s: float) -> bool:
        """Store that `done_s` seconds of a segment are done; of its warm-up, which comes before it, none.

        Returns whether to go on.
        """
        self._numbers[1 + segment] = max(0.0, done_s)
        return not self.stopped

    def ask(self, progress: Progress) -> bool:
        """Call `progress` with the seconds done of all segments, until it returns False; then ask all processes to stop.

        Returns False: those at work stop by themselves, and hand over what they have seen.
        """
        if not self.stopped and not progress(float(self._numbers[1:].sum())):
            self._numbers[0] = 1.0
        return False


@contextmanager
def shared_progress(segments: int) -> Iterator[SharedProgress]:
    """Yield the progress of so many segments; its file is deleted at the end."""
    with temporary_folder() as folder:
        path = folder / "progress"
        np.zeros(1 + segments).tofile(path)
        yield SharedProgress(path)


def _alone(job: DetectionJob, segments: Sequence[Segment], progress: Progress) -> Iterator[SegmentDetections]:
    with create_engine(job.model) as engine:
        for segment in segments:
            if segment is not segments[0]:
                engine.restart()
            yield detect(job, engine, segment, progress)


def _shared(job: DetectionJob, segments: Sequence[Segment], jobs: int, progress: Progress) -> Iterator[SegmentDetections]:
    done: dict[int, SegmentDetections | Exception] = {}
    following = 0

    def from_there(done_s: float) -> bool:
        return progress(segments[0].begin_s + done_s)

    with shared_progress(len(segments)) as shared:
        runner, work = Processes(jobs, silence_native_messages), partial(_detect, job, shared.path)
        with closing(runner(work, list(enumerate(segments)), partial(shared.ask, from_there))) as answers:
            for i, answer in answers:
                done[i] = answer
                while (current := done.pop(following, None)) is not None:
                    if isinstance(current, Exception):
                        raise current
                    following += 1
                    yield current


_engines: list[Engine] = []
"""The open engine of this process, for all the segments it is given; they are of one job."""


def _detect(job: DetectionJob, path: Path, numbered: tuple[int, Segment]) -> SegmentDetections:
    number, segment = numbered
    shared = SharedProgress(path)
    if shared.stopped:
        return SegmentDetections(detections=(), times_s=(), cut=True)
    if _engines:
        _engines[0].restart()
    else:
        engine = create_engine(job.model)
        _engines.append(engine.__enter__())
        Finalize(None, engine.__exit__, (None, None, None), exitpriority=1)  # closed before the interpreter ends
    return detect(job, _engines[0], segment, lambda at_s: shared.report(number, at_s - segment.begin_s))
