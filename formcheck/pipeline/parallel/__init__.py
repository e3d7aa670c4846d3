"""A clip looked at quickly: in pieces that any number of processes can share, at as many frames as the movement needs."""

from formcheck.pipeline.parallel.detect import Task
from formcheck.pipeline.parallel.run import scan
from formcheck.pipeline.parallel.segments import Seen

__all__ = ["Seen", "Task", "scan"]
